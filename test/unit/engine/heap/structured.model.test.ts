import fc from "fast-check";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { coalesceModesOf, ordersOf, type HeapOptions } from "../../../../src/engine/heap/options";
import { operation, runBoth, shape, type NaiveModel } from "./modelRun";
import { NaiveBuddy } from "./naiveBuddy";
import { NaiveBump } from "./naiveBump";
import { NaiveQuickFit } from "./naiveQuickFit";
import { NaiveRunFit } from "./naiveRunFit";

const models: readonly (readonly [HeapOptions["policy"], (options: HeapOptions) => NaiveModel])[] = [
  ["quick-fit", (options) => new NaiveQuickFit(options)],
  ["run-fit", (options) => new NaiveRunFit(options)],
  ["buddy", (options) => new NaiveBuddy(options)],
  ["bump", (options) => new NaiveBump(options)],
];

describe("Policies with structures of their own against naive models", () => {
  for (const [policy, modelOf] of models) {
    for (const order of ordersOf(policy)) {
      for (const coalesce of coalesceModesOf(policy)) {
        // Scaled sizes reach past the quick lists and leave odd ends in forests of buddies.
        for (const scale of [1, 11, 97]) {
          it(`${policy}, ${order}, ${coalesce}, sizes times ${scale}`, () => {
            const operations = fc.array(operation, { minLength: 1, maxLength: 80, size: "max" });
            fc.assert(
              fc.property(shape, operations, ({ base, size, ...rest }, ops) => {
                const most = "max" in rest ? { max: rest.max * scale } : {};
                const options = defaultHeapOptions("h", base, size * scale, {
                  policy,
                  order,
                  coalesce,
                  ...rest,
                  ...most,
                });
                const scaled = ops.map(([name, bytes, pick]) => [name, bytes * scale, pick] as const);
                runBoth(options, modelOf(options), scaled);
              }),
              { numRuns: 20, seed: 22 },
            );
          });
        }
      }
    }
  }
});
