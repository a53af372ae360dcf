import assert from "node:assert/strict";
import fc from "fast-check";
import { toHex } from "../../../../src/engine/address";
import { heapPolicies } from "../../../../src/engine/heap/options";
import type { HeapPolicy } from "../../../../src/engine/heap/policies";
import type { Comparison } from "../../../../src/machine/compare/rows";
import { TraceComparison } from "../../../../src/machine/compare/TraceComparison";
import type { ReplayedOperation } from "../../../../src/machine/replay/report";
import { bytesOf, feedCut, replayBytes, traceBytes } from "../../replay/traces";

const noClock = (): number => 0;

function compare(bytes: Uint8Array, policies: readonly HeapPolicy[], cuts: readonly number[] = []): Comparison {
  const comparison = new TraceComparison(policies, noClock);
  feedCut(bytes, cuts, (chunk) => comparison.feed(chunk));
  return comparison.finish().comparison;
}

/** The whole replay, every operation kept. */
function replayWhole(bytes: Uint8Array, policy: HeapPolicy) {
  const operations: ReplayedOperation[] = [];
  const { report } = replayBytes(bytes, { policy }, (operation) => operations.push(operation));
  return { report, operations };
}

const requestResult = ({ op, address, isRefused }: ReplayedOperation): string =>
  isRefused ? "refused" : address === null || op === "free" || op === "failed" ? "" : toHex(address);

describe("Comparing policies on a trace", () => {
  const trace = traceBytes("ls");

  it("agrees with whole replays one after the other", () => {
    const { rows, differences, idealBytes } = compare(trace, heapPolicies);
    const base = replayWhole(trace, heapPolicies[0]).operations;
    for (const [index, policy] of heapPolicies.entries()) {
      const { report, operations } = replayWhole(trace, policy);
      const { stats } = report;
      const row = rows[index];
      assert.equal(row.policy, policy);
      assert.deepEqual(
        [row.peakUsed, row.peakHeapBytes, row.utilization, row.searched],
        [stats.peakUsed, stats.peakHeapBytes, stats.utilization, stats.searched],
      );
      assert.ok(idealBytes <= row.highWater && row.highWater <= row.peakHeapBytes);
      const parting = operations.findIndex((each, at) => requestResult(each) !== requestResult(base[at]));
      const found = differences.find((difference) => difference.policy === policy);
      assert.equal(found?.step, parting < 0 ? undefined : parting + 1);
      if (found === undefined) continue;
      assert.equal(found.line, operations[parting].line);
      assert.deepEqual(
        [found.result, found.baseResult],
        [requestResult(operations[parting]), requestResult(base[parting])],
      );
    }
    assert.ok(differences.length > 0, "the fixture tells policies apart");
  });

  it("gives the same wherever the chunks end", () => {
    const whole = compare(trace, ["first-fit", "worst-fit"]);
    const cut = fc.array(fc.nat(trace.length), { maxLength: 12 });
    fc.assert(
      fc.property(cut, (cuts) => assert.deepEqual(compare(trace, ["first-fit", "worst-fit"], cuts), whole)),
      { numRuns: 15 },
    );
  });

  it("counts what a trace of three lines does", () => {
    const text = "= Start\n@ a:[0x1] + 0x1000 0x64\n@ a:[0x1] + 0x2000 0xc8\n@ a:[0x1] - 0x1000\n= End\n";
    const [row] = compare(bytesOf(text), ["best-fit"]).rows;
    assert.deepEqual([row.peakUsed, row.splits, row.coalesces, row.failures, row.errors], [300, 2, 0, 0, 0]);
  });

  it("says what is no trace", () => {
    const comparison = new TraceComparison(["first-fit", "tlsf"], noClock);
    comparison.feed(bytesOf("hello\n"));
    const { report } = comparison.finish();
    assert.equal(report.format, null);
    assert.equal(report.problemCount, 1);
  });
});
