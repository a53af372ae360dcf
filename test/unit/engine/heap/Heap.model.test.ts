import fc from "fast-check";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { fitPolicies } from "../../../../src/engine/heap/fit";
import { growthModes, reallocModes } from "../../../../src/engine/heap/options";
import { coalesceModes, listOrders } from "../../../../src/engine/heap/placementOptions";
import { operation, runBoth, shape } from "./modelRun";
import { NaiveHeap } from "./naiveHeap";

describe("Heap against the naive model", () => {
  for (const policy of fitPolicies) {
    for (const order of listOrders) {
      for (const coalesce of coalesceModes) {
        it(`${policy}, ${order}, ${coalesce}`, () => {
          fc.assert(
            fc.property(
              shape,
              fc.constantFrom(...growthModes),
              fc.constantFrom(...reallocModes),
              fc.array(operation, { minLength: 1, maxLength: 80, size: "max" }),
              ({ base, size, ...rest }, growth, realloc, ops) => {
                const options = defaultHeapOptions("h", base, size, {
                  ...{ policy, order, coalesce, growth, realloc },
                  ...rest,
                });
                runBoth(options, new NaiveHeap(options), ops);
              },
            ),
            { numRuns: 20, seed: 20 },
          );
        });
      }
    }
  }
});
