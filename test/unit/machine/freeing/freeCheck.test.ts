import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "../../../../src/language/parsing/parser";
import { freeReportLines, type FreeReport } from "../../../../src/machine/freeing/freeCheck";
import { Machine } from "../../../../src/machine/run/Machine";
import { describeState } from "../../../../src/machine/inspect/describeState";

/** Runs a script up to its last line, tries that line's `free`, then executes it. */
function dryRun(script: string): { report: FreeReport; raised: string[]; text: string[] } {
  const machine = new Machine(parse(script));
  const last = machine.program.instructions.length;
  while (machine.nextLine !== null && machine.nextLine < script.split("\n").length - 1) machine.step();
  assert.ok(last > 0 && machine.next !== undefined);
  const operand = machine.next.operands["block"];
  assert.ok(operand.kind === "expression");
  const before = JSON.stringify(describeState(machine.state));
  const report = machine.state.checkFree(operand.expression);
  assert.ok(!("error" in report), "the pointer has a value");
  assert.equal(JSON.stringify(describeState(machine.state)), before);
  const raised = (machine.step()?.problems ?? []).filter(({ id }) => id !== "leak").map(({ id }) => id);
  return { report, raised, text: freeReportLines(report) };
}

const cases: readonly { readonly name: string; readonly script: string; readonly text: readonly string[] }[] = [
  {
    name: "a sound block",
    script: "a = alloc 40\nb = alloc 40\nfree a",
    text: [
      "`free` would succeed: it gives back the 40-byte block `a` allocated at line 1.",
      "✓ Is it null? No, it is 0x10020.",
      "✓ Does it lie in a heap or pool? 0x10020 lies in the heap `heap`.",
      "✓ Is it aligned? Yes, it is a multiple of 8.",
      "✓ Was it ever allocated? It comes from the 40-byte block `a` allocated at line 1.",
      "✓ Is it the block's first byte? Yes.",
      "✓ Is the block live? Yes, nobody has freed it.",
      "✓ Are its own size and mark intact? Yes.",
      "✓ Are those of the block behind intact? Yes.",
      "✓ Are those of the block before intact? Yes.",
      "✓ Are the links of free neighbours intact? Yes.",
    ],
  },
  {
    name: "null",
    script: "a = 0\nfree a",
    text: ["`free` would do nothing: the pointer is null.", "✓ Is it null? 0x0 is null, which C allows to free."],
  },
  {
    name: "a stale pointer",
    script: "a = alloc 40\nfree a\nb = alloc 40\nfree a",
    text: [
      "`free` would fail: free of the 40-byte block `a` allocated at line 1, which was freed at line 2 already; its memory belongs to the 40-byte block `b` allocated at line 3 now, which stays as it is. [double-free]",
      "✓ Is it null? No, it is 0x10020.",
      "✓ Does it lie in a heap or pool? 0x10020 lies in the heap `heap`.",
      "✓ Is it aligned? Yes, it is a multiple of 8.",
      "✓ Was it ever allocated? It comes from the 40-byte block `a` allocated at line 1.",
      "✓ Is it the block's first byte? Yes.",
      "✗ Is the block live? No, it was freed at line 2; the 40-byte block `b` allocated at line 3 has the memory now.",
    ],
  },
  {
    name: "an interior pointer that is not aligned",
    script: "a = alloc 40\nfree a + 3",
    text: [
      "`free` would fail: free of an interior pointer: 0x10023 is 3 bytes inside the 40-byte block `a` allocated at line 1, which begins at 0x10020. [invalid-free]",
      "✓ Is it null? No, it is 0x10023.",
      "✓ Does it lie in a heap or pool? 0x10023 lies in the heap `heap`.",
      "✗ Is it aligned? It is 3 bytes past a multiple of 8.",
      "✓ Was it ever allocated? It comes from the 40-byte block `a` allocated at line 1.",
      "✗ Is it the block's first byte? The block begins at 0x10020, 3 bytes before it.",
      "✓ Is the block live? Yes, nobody has freed it.",
    ],
  },
  {
    name: "an address from nowhere",
    script: "heap 1MiB\nfree 0x42",
    text: [
      "`free` would fail: free of 0x42, which was never allocated: it lies outside every heap and pool. [invalid-free]",
      "✓ Is it null? No, it is 0x42.",
      "✗ Does it lie in a heap or pool? 0x42 lies outside every heap and pool.",
      "✗ Was it ever allocated? No block of the run covered it.",
    ],
  },
  {
    name: "a neighbour whose header is damaged",
    script: "a = alloc 40\nb = alloc 40\nwrite a + 40 7 width=8\nfree a",
    text: [
      "`free` would give back the 40-byte block `a` allocated at line 1, but trip over 1 damaged field; a real allocator would abort. [heap-corruption]",
      "✓ Is it null? No, it is 0x10020.",
      "✓ Does it lie in a heap or pool? 0x10020 lies in the heap `heap`.",
      "✓ Is it aligned? Yes, it is a multiple of 8.",
      "✓ Was it ever allocated? It comes from the 40-byte block `a` allocated at line 1.",
      "✓ Is it the block's first byte? Yes.",
      "✓ Is the block live? Yes, nobody has freed it.",
      "✓ Are its own size and mark intact? Yes.",
      '✗ Are those of the block behind intact? The header field `size` of the 40-byte block `b` must be 72 and is 7 since line 3; glibc: "free(): invalid next size (normal)".',
      "✓ Are those of the block before intact? Yes.",
      "✓ Are the links of free neighbours intact? Yes.",
    ],
  },
  {
    name: "a pool's block",
    script: "pool p 16 x 2\na = alloc from=p\nfree a",
    text: [
      "`free` would succeed: it gives back the 16-byte block `a` allocated at line 2.",
      "✓ Is it null? No, it is 0x10000.",
      "✓ Does it lie in a heap or pool? 0x10000 lies in the pool `p`.",
      "✓ Is it aligned? Yes, it is the start of a 16-byte block of the pool.",
      "✓ Was it ever allocated? It comes from the 16-byte block `a` allocated at line 2.",
      "✓ Is it the block's first byte? Yes.",
      "✓ Is the block live? Yes, nobody has freed it.",
      "– Are its own size and mark intact? Blocks of a pool have no headers.",
      "– Are those of the block behind intact? Blocks of a pool have no headers.",
      "– Are those of the block before intact? Blocks of a pool have no headers.",
      "– Are the links of free neighbours intact? Blocks of a pool have no headers.",
    ],
  },
];

describe("why free would fail", () => {
  for (const { name, script, text } of cases) it(name, () => assert.deepEqual(dryRun(script).text, text));

  it("agrees with what free then does, and changes nothing", () => {
    const handle = fc.constantFrom("a", "b", "c");
    const offset = fc.constantFrom("", "", "", " + 8", " - 32", " + 40");
    const line = fc.oneof(
      fc.tuple(handle, fc.constantFrom(8, 40)).map(([name, size]) => `${name} = alloc ${size}`),
      handle.map((name) => `free ${name}`),
      fc.tuple(handle, fc.integer({ min: -4, max: 7 })).map(([name, word]) => `write ${name} + ${word} * 8 7 width=8`),
      handle.map((name) => `${name} = realloc ${name} 64`),
    );
    const heap = fc.constantFrom("heap 4KiB", "heap 4KiB coalesce=never", "heap 4KiB header=0", "heap 4KiB footer=8");
    const last = fc.oneof(
      fc.tuple(handle, offset).map(([name, by]) => `free ${name}${by}`),
      fc.integer({ min: 0x10000, max: 0x10200 }).map((address) => `free ${address}`),
    );
    fc.assert(
      fc.property(heap, fc.array(line, { maxLength: 12 }), last, (first, lines, free) => {
        const begin = ["a = alloc 24", "b = alloc 24", "c = alloc 24"];
        const { report, raised } = dryRun([first, ...begin, ...lines, free].join("\n"));
        // A dry run names damage that an earlier `free` reported already.
        if (report.problems[0] === "heap-corruption" && raised.length === 0) return;
        assert.deepEqual(report.problems, raised);
      }),
      { numRuns: 300 },
    );
  });
});
