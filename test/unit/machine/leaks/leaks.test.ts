import assert from "node:assert/strict";
import fc from "fast-check";
import { endRecord, toJsonProblem } from "../../../../src/machine/records/json";
import { leakKinds, leakSummaryText, type LeakSummary } from "../../../../src/machine/leaks/kinds";
import { parse } from "../../../../src/language/parsing/parser";
import { Machine } from "../../../../src/machine/run/Machine";
import { check, fixtures } from "../../fixtures";
import { runScript, said } from "../runScript";

describe("leaks", () => {
  for (const { name, script } of fixtures("leaks.memscript")) {
    it(`are counted by their kinds: ${name}`, () => {
      const { problems, machine } = check(script);
      for (const kind of leakKinds) {
        const leaks = problems.filter(({ facts }) => "loss" in facts && facts.loss === kind);
        assert.equal(machine.state.leaks()[kind].blocks, leaks.length, kind);
        for (const leak of leaks) assert.ok(said(leak).message.includes(kind), said(leak).message);
      }
    });
  }

  it("have their kind in records, and a summary as memcheck prints it", () => {
    const { machine, problems } = runScript("a = alloc 16\nb = alloc 24\nwrite a b\nb = 0\na = 0\nc = alloc 1");
    assert.deepEqual(
      problems.map((problem) => toJsonProblem(problem)["kind"]),
      ["definitely lost", "indirectly lost", "still reachable"],
    );
    const summary = endRecord(machine.state, problems)["leaks"] as LeakSummary;
    assert.deepEqual(leakSummaryText(summary), [
      "leak summary:",
      "  definitely lost: 16 bytes in 1 block",
      "  indirectly lost: 24 bytes in 1 block",
      "  possibly lost: 0 bytes in 0 blocks",
      "  still reachable: 1 byte in 1 block",
    ]);
    assert.deepEqual(leakSummaryText(runScript("a = alloc 1\nfree a").machine.state.leaks()), []);
  });

  it("do not search memory without end when handles are overwritten", () => {
    const lines = ["heap 4MiB", "repeat 8000 as i", "a = alloc 64", "write a a width=4", "a = 0", "end"];
    const { problems, machine } = runScript(lines.join("\n"));
    assert.equal(machine.state.leaks()["definitely lost"].blocks, 8000);
    assert.ok(problems.some(({ id }) => id === "leak"));
  });

  const lines = Array.from({ length: 500 }, (_, block) => `h[${block}] = alloc 16`);
  /** Each line leaks 150 times while it runs, which is more than are kept of one line, and once at the end. */
  const often = ["repeat 151", "x = alloc 16", "x = x", "end"];
  const limited: readonly { name: string; script: string[]; limit: number; kept: number; found: number }[] = [
    { name: "all of them", script: lines, limit: 500, kept: 500, found: 500 },
    { name: "as many as the limit", script: lines, limit: 499, kept: 500, found: 500 },
    { name: "few of them", script: lines, limit: 30, kept: 31, found: 500 },
    {
      name: "those of other lines than one with too many",
      script: [...often, ...lines],
      limit: 200,
      kept: 201,
      found: 651,
    },
    { name: "no unexpected one", script: [...lines, "expect problem leak", "stats"], limit: 30, kept: 0, found: 0 },
  ];
  for (const { name, script, limit, kept, found } of limited) {
    it(`are worded as far as they are kept, and all counted: ${name}`, () => {
      const { machine, problems } = runScript(script.join("\n"), { problems: limit });
      assert.equal(problems.length, kept);
      assert.equal(machine.problemCount, found);
    });
  }

  it("are searched in turns, each about a few blocks", () => {
    const machine = new Machine(parse(lines.join("\n")));
    while (machine.nextLine !== lines.length - 1) machine.stepQuietly();
    assert.ok(machine.mayEnd);
    let turns = 0;
    for (const work = machine.stepYielding(); work.next().done !== true;) turns++;
    assert.ok(turns >= lines.length / 16, `${turns} turns`);
    assert.deepEqual(machine.problems, runScript(lines.join("\n")).problems);
  });
});

const slots = 4;
const blockBytes = slots * 8;

interface Pointer {
  readonly to: number;
  /** From the first byte of the block; `blockBytes` is one past its last. */
  readonly offset: number;
}

/** Blocks as numbers, with the pointers in each and in handles. */
interface Graph {
  readonly size: number;
  readonly edges: readonly (Pointer & { readonly from: number })[];
  readonly roots: readonly Pointer[];
}

function isStart({ offset }: Pointer): boolean {
  return offset === 0;
}

/** What the definition says, by fixed points over the edges; -1 is a root's place. */
function naiveKinds({ size, edges, roots }: Graph): { reachable: Set<number>; possible: Set<number> } {
  const spread = (start: Iterable<number>, follows: (edge: Graph["edges"][number]) => boolean): Set<number> => {
    const found = new Set(start);
    for (let round = 0; round < size; round++)
      for (const edge of edges) if (found.has(edge.from) && follows(edge)) found.add(edge.to);
    return found;
  };
  const reachable = spread(
    roots.filter(isStart).map(({ to }) => to),
    isStart,
  );
  const all = spread(
    roots.map(({ to }) => to),
    () => true,
  );
  return { reachable, possible: new Set([...all].filter((block) => !reachable.has(block))) };
}

describe("leaks of random graphs", () => {
  it("agree with the definitions", () => {
    const graphs = fc.integer({ min: 1, max: 7 }).chain((size) => {
      const block = fc.integer({ min: 0, max: size - 1 });
      const slot = fc.integer({ min: 0, max: slots - 1 });
      const offset = fc.constantFrom(0, 0, 8, blockBytes - 1, blockBytes);
      const edge = fc.record({ from: block, slot, to: block, offset });
      const root = fc.record({ to: block, offset });
      return fc.record({
        size: fc.constant(size),
        edges: fc.uniqueArray(edge, { maxLength: 14, selector: ({ from, slot: at }) => from * slots + at }),
        roots: fc.uniqueArray(root, { maxLength: 3, selector: ({ to }) => to }),
      });
    });
    fc.assert(
      fc.property(graphs, ({ size, edges, roots }) => {
        const pointer = ({ to, offset }: Pointer): string => `b[${to}] + ${offset}`;
        const lines = Array.from({ length: size }, (_, index) => `b[${index}] = alloc ${blockBytes}`);
        for (const edge of edges) lines.push(`write b[${edge.from}] + ${edge.slot * 8} ${pointer(edge)}`);
        for (const root of roots) lines.push(`r[${root.to}] = ${pointer(root)}`);
        for (let index = 0; index < size; index++) lines.push(`b[${index}] = 0`);
        const { machine } = runScript(lines.join("\n"));
        const summary = machine.state.leaks();
        const inner = edges.filter(({ offset }) => offset < blockBytes);
        const held = roots.filter(({ offset }) => offset < blockBytes);
        const { reachable, possible } = naiveKinds({ size, edges: inner, roots: held });
        assert.equal(summary["still reachable"].blocks, reachable.size);
        assert.equal(summary["possibly lost"].blocks, possible.size);
        assert.equal(summary["definitely lost"].blocks, heads(size, inner, new Set([...reachable, ...possible])));
        assert.equal(
          leakKinds.reduce((sum, kind) => sum + summary[kind].blocks, 0),
          size,
        );
      }),
      { numRuns: 300 },
    );
  });
});

/** Strongly connected lost parts that no other lost part leads to: each has one head. */
function heads(size: number, edges: Graph["edges"], alive: ReadonlySet<number>): number {
  const from = (start: number): Set<number> => {
    const found = new Set([start]);
    for (let round = 0; round < size; round++)
      for (const edge of edges) if (found.has(edge.from) && !alive.has(edge.to)) found.add(edge.to);
    return found;
  };
  const lost = Array.from({ length: size }, (_, index) => index).filter((index) => !alive.has(index));
  const reaches = new Map(lost.map((index) => [index, from(index)]));
  const leads = (a: number, b: number): boolean => reaches.get(a)!.has(b);
  return lost.filter((block) => lost.every((other) => !leads(other, block) || (leads(block, other) && block <= other)))
    .length;
}
