import assert from "node:assert/strict";
import fc from "fast-check";
import { toHex } from "../../../../src/engine/address";
import { heapPolicies } from "../../../../src/engine/heap/options";
import type { HeapPolicy } from "../../../../src/engine/heap/policies";
import { runToEnd } from "../../../../src/language/coroutines";
import { parse } from "../../../../src/language/parsing/parser";
import type { Comparison, PolicyRow } from "../../../../src/machine/compare/rows";
import { ScriptComparison } from "../../../../src/machine/compare/ScriptComparison";
import { defaultLimits } from "../../../../src/machine/run/limits";
import { defaultMachineOptions } from "../../../../src/machine/run/options";
import { Machine } from "../../../../src/machine/run/Machine";
import type { StepRecord } from "../../../../src/machine/records/records";

const noClock = (): number => 0;

function compare(text: string, policies: readonly HeapPolicy[] = heapPolicies): Comparison {
  return runToEnd(new ScriptComparison(parse(text), policies, defaultMachineOptions, noClock).run());
}

/** The naive way: every record of a whole run, kept. */
function runWhole(text: string, policy: HeapPolicy) {
  const machine = new Machine(parse(text), { limits: defaultLimits, overrides: new Map([["heap.policy", policy]]) });
  const records: StepRecord[] = [];
  let peakUsed = 0;
  let atPeak = { internal: 0, external: 0 };
  for (let record = machine.step(); record !== undefined; record = machine.step()) {
    records.push(record);
    for (const heap of machine.state.heaps.values()) {
      const { currentUsed, internalFragmentation, externalFragmentation } = heap.stats();
      if (currentUsed <= peakUsed) continue;
      peakUsed = currentUsed;
      atPeak = { internal: internalFragmentation, external: externalFragmentation };
    }
  }
  return { machine, records, peakUsed, atPeak };
}

const countEvents = (records: readonly StepRecord[], wanted: string): number =>
  records.flatMap(({ events }) => events).filter(({ kind }) => kind === wanted).length;

function resultOf({ value, problems }: StepRecord): string {
  const ids = [...new Set(problems.map(({ id }) => id))].filter((id) => id !== "leak").join(", ");
  if (value?.kind !== "allocation") return ids === "" ? "no problem" : ids;
  const place = value.address === null ? "refused" : toHex(value.address);
  return ids === "" ? place : `${place} (${ids})`;
}

const close = (left: number, right: number, what: string): void =>
  assert.ok(Math.abs(left - right) < 1e-9, `${what}: ${left} and ${right}`);

describe("Comparing policies on a script", () => {
  // Holes of 100 bytes at 0 and of 50 bytes at 110; the rest of the heap begins at 170.
  const holes = [
    "heap 1000 header=0 align=1 min=1 base=0x1000",
    "a = alloc 100",
    "b = alloc 10",
    "c = alloc 50",
    "d = alloc 10",
    "free a",
    "free c",
    "e = alloc 50",
  ].join("\n");

  it("finds the first step at which each parts from the first one, with both results", () => {
    const { differences } = compare(holes, ["first-fit", "best-fit", "next-fit", "worst-fit"]);
    const parting = { base: "first-fit", step: 8, line: 7, text: "e = alloc 50", baseResult: "0x1000" };
    assert.deepEqual(differences, [
      { ...parting, policy: "best-fit", result: "0x106e" },
      { ...parting, policy: "next-fit", result: "0x10aa" },
      { ...parting, policy: "worst-fit", result: "0x10aa" },
    ]);
  });

  it("measures what can be counted by hand", () => {
    const [first, best] = compare(holes, ["first-fit", "best-fit"]).rows;
    // Carved from the rest: a, b, c, d; first fit splits the hole of 100 as well, best fit fills the one of 50.
    assert.deepEqual([first.splits, best.splits], [5, 4]);
    assert.deepEqual([first.searched, best.searched], [5, 4 + 3]);
    for (const row of [first, best]) {
      assert.equal(row.peakUsed, 170);
      assert.equal(row.utilization, 0.17);
      assert.equal(row.highWater, 170);
      assert.deepEqual(row.atPeak, { internal: 0, external: 0 });
      assert.equal(row.failures, 0);
    }
  });

  it("counts refused requests and tells them from the address that another policy found", () => {
    const script = `heap 160 header=0 align=1 min=1 base=0
a = alloc 60
b = alloc 10
c = alloc 30
d = alloc 10
free a
free c
e = alloc 30
f = alloc 60
`;
    const { rows, differences } = compare(script, ["best-fit", "worst-fit"]);
    assert.deepEqual(
      rows.map(({ failures }) => failures),
      [0, 1],
    );
    assert.equal(differences[0].line, 7);
    const refused = compare(script.replace("e = alloc 30", "e = alloc 25"), ["worst-fit", "best-fit"]);
    assert.deepEqual(
      refused.rows.map(({ failures }) => failures),
      [1, 0],
    );
  });

  it("has nothing to tell of scripts without a heap, and of one policy alone", () => {
    assert.deepEqual(compare("pool p 64 x 4\na = alloc from=p\nfree a").differences, []);
    const { rows, idealBytes, differences } = compare("", ["tlsf"]);
    assert.deepEqual([rows.length, rows[0].utilization, idealBytes, differences.length], [1, 0, 0, 0]);
  });

  it("treats several heaps as one memory", () => {
    const { rows, idealBytes } = compare(
      "heap x 1000\nheap y 3000\na = alloc 100 from=x\nb = alloc 300 from=y\nfree a",
    );
    for (const row of rows) {
      assert.equal(row.peakUsed, 400);
      assert.equal(row.peakHeapBytes, 4000);
      assert.equal(row.utilization, 0.1);
    }
    assert.equal(idealBytes, 400);
  });

  it("agrees with whole runs that keep every record", () => {
    const operation = fc.record({ size: fc.integer({ min: 1, max: 400 }), victim: fc.nat(30), kind: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const lines = ["heap 4KiB header=8"];
        for (const [index, { size, victim, kind }] of operations.entries()) {
          const chosen = `h${Math.min(victim, index)}`;
          if (kind === 0) lines.push(`free ${chosen}`);
          else if (kind === 1) lines.push(`${chosen} = realloc ${chosen} ${size}`);
          else lines.push(`h${index} = alloc ${size}`);
        }
        const text = lines.join("\n");
        const { rows, differences } = compare(text);
        const base = runWhole(text, heapPolicies[0]).records;
        for (const [index, policy] of heapPolicies.entries()) {
          const whole = runWhole(text, policy);
          checkRow(rows[index], whole);
          const parting = whole.records.findIndex((record, at) => resultOf(record) !== resultOf(base[at]));
          const found = differences.find((difference) => difference.policy === policy);
          assert.equal(found?.step, parting < 0 ? undefined : parting + 1);
          if (parting < 0 || found === undefined) continue;
          assert.equal(found.result, resultOf(whole.records[parting]));
          assert.equal(found.baseResult, resultOf(base[parting]));
          assert.equal(found.line, base[parting].line);
        }
      }),
      { numRuns: 40 },
    );
  });
});

function checkRow(row: PolicyRow, { machine, records, peakUsed, atPeak }: ReturnType<typeof runWhole>): void {
  const stats = [...machine.state.heaps.values()][0].stats();
  assert.equal(row.peakUsed, peakUsed);
  assert.equal(row.peakUsed, stats.peakUsed);
  close(row.utilization, stats.utilization, "utilization");
  close(row.atPeak.internal, atPeak.internal, "internal at the peak");
  close(row.atPeak.external, atPeak.external, "external at the peak");
  close(row.atEnd.internal, stats.internalFragmentation, "internal");
  close(row.atEnd.external, stats.externalFragmentation, "external");
  assert.equal(row.searched, stats.searched);
  assert.equal(row.splits, countEvents(records, "split"));
  assert.equal(row.coalesces, countEvents(records, "coalesce"));
  const refused = records.filter(({ value }) => value?.kind === "allocation" && value.address === null);
  assert.equal(row.failures, refused.length);
}
