import fc from "fast-check";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { coalesceModes, fitPolicies, listOrders } from "../../../../src/engine/heap/options";
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
              fc.array(operation, { minLength: 1, maxLength: 80, size: "max" }),
              ({ base, size, ...rest }, ops) => {
                const options = defaultHeapOptions("h", base, size, { policy, order, coalesce, ...rest });
                runBoth(options, new NaiveHeap(options), ops);
              },
            ),
            { numRuns: 30, seed: 20 },
          );
        });
      }
    }
  }
});
