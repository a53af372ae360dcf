import assert from "node:assert/strict";
import * as fc from "fast-check";
import { Future } from "../../../../src/engine/replacement/Future";
import { PageCache } from "../../../../src/engine/replacement/PageCache";
import { runToEnd } from "../../../../src/language/coroutines";
import { parse } from "../../../../src/language/parsing/parser";
import { ScriptComparison } from "../../../../src/machine/compare/ScriptComparison";
import { pagingCurves } from "../../../../src/machine/curves/pagingCurves";
import { defaultMachineOptions } from "../../../../src/machine/run/options";

const faultsOf = (curves: ReturnType<typeof pagingCurves>, policy: string, frames: number): number =>
  curves.curves.find((curve) => curve.policy === policy)!.faults[curves.sizes.indexOf(frames)];

describe("Paging curves", () => {
  const textbook = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];

  it("have the textbook's faults with three frames", () => {
    const curves = pagingCurves(Float64Array.from(textbook));
    assert.deepEqual([curves.references, curves.pages], [20, 6]);
    assert.deepEqual(
      ["fifo", "lru", "opt"].map((policy) => faultsOf(curves, policy, 3)),
      [15, 12, 9],
    );
    assert.equal(curves.anomaly, null);
  });

  it("find Belady's anomaly", () => {
    const curves = pagingCurves(Float64Array.from([1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5]));
    assert.deepEqual(curves.anomaly, [3, 4]);
  });

  it("agree with a memory of each size on any stream, and show at most 64 sizes, both ends among them", () => {
    const stream = fc.array(fc.nat(120), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(stream, (pages) => {
        const curves = pagingCurves(Float64Array.from(pages));
        const distinct = new Set(pages).size;
        assert.equal(curves.pages, distinct);
        assert.deepEqual([curves.sizes[0], curves.sizes.at(-1)], [1, distinct]);
        assert.ok(curves.sizes.length <= 64);
        for (const frames of curves.sizes.filter((_, at) => at % 9 === 0)) {
          for (const policy of ["fifo", "lru", "opt"] as const) {
            const cache = new PageCache(frames, policy, { future: new Future(pages) });
            cache.run(Float64Array.from(pages));
            assert.equal(faultsOf(curves, policy, frames), cache.stats.faults, `${policy} with ${frames} frames`);
          }
        }
        assert.equal(curves.workingSet[0].pages, 1);
      }),
      { numRuns: 60 },
    );
  });

  it("come with the comparison of a script that references pages, and with no other", () => {
    const compare = (script: string) => {
      const comparison = new ScriptComparison(parse(script), ["first-fit", "tlsf"], defaultMachineOptions, () => 0);
      return runToEnd(comparison.run()).paging;
    };
    const paging = compare(`vm frames=3 replacement=opt\nreference "${textbook.join(" ")}"\n`);
    assert.equal(faultsOf(paging!, "opt", 3), 9);
    assert.equal(compare("a = alloc 10\nfree a\n"), null);
  });
});
