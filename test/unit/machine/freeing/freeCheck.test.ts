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
      "`free` would succeed and give back `a` (40 bytes, line 1).",
      "✓ Is it null? No, it is 0x10020.",
      "✓ Is it in a heap or pool? 0x10020 is in heap `heap`.",
      "✓ Is it aligned? Yes, it is a multiple of 8.",
      "✓ Was it ever allocated? It comes from `a` (40 bytes, line 1).",
      "✓ Is it the block's first byte? Yes.",
      "✓ Is the block live? Yes, it was not freed.",
      "✓ Are its own size and mark intact? Yes.",
      "✓ Are those of the block after it intact? Yes.",
      "✓ Are those of the block before it intact? Yes.",
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
      "`free` would fail: Double free: `a` (40 bytes, line 1) was already freed on line 2; that memory now belongs to `b` (40 bytes, line 3), which is not affected. [double-free]",
      "✓ Is it null? No, it is 0x10020.",
      "✓ Is it in a heap or pool? 0x10020 is in heap `heap`.",
      "✓ Is it aligned? Yes, it is a multiple of 8.",
      "✓ Was it ever allocated? It comes from `a` (40 bytes, line 1).",
      "✓ Is it the block's first byte? Yes.",
      "✗ Is the block live? No, it was freed on line 2; `b` (40 bytes, line 3) has the memory now.",
    ],
  },
  {
    name: "an interior pointer that is not aligned",
    script: "a = alloc 40\nfree a + 3",
    text: [
      "`free` would fail: Invalid `free`: 0x10023 is an interior pointer, 3 bytes inside `a` (40 bytes, line 1), which begins at 0x10020. [invalid-free]",
      "✓ Is it null? No, it is 0x10023.",
      "✓ Is it in a heap or pool? 0x10023 is in heap `heap`.",
      "✗ Is it aligned? It is 3 bytes after a multiple of 8.",
      "✓ Was it ever allocated? It comes from `a` (40 bytes, line 1).",
      "✗ Is it the block's first byte? The block begins at 0x10020, 3 bytes before it.",
      "✓ Is the block live? Yes, it was not freed.",
    ],
  },
  {
    name: "an address from nowhere",
    script: "heap 1MiB\nfree 0x42",
    text: [
      "`free` would fail: Invalid `free`: 0x42 was never allocated; it is outside every heap and pool. [invalid-free]",
      "✓ Is it null? No, it is 0x42.",
      "✗ Is it in a heap or pool? 0x42 is outside every heap and pool.",
      "✗ Was it ever allocated? No block of the run contained it.",
    ],
  },
  {
    name: "a neighbour whose header is damaged",
    script: "a = alloc 40\nb = alloc 40\nwrite a + 40 7 width=8\nfree a",
    text: [
      "`free` would give back `a` (40 bytes, line 1), but read 1 damaged field; a real allocator would abort. [heap-corruption]",
      "✓ Is it null? No, it is 0x10020.",
      "✓ Is it in a heap or pool? 0x10020 is in heap `heap`.",
      "✓ Is it aligned? Yes, it is a multiple of 8.",
      "✓ Was it ever allocated? It comes from `a` (40 bytes, line 1).",
      "✓ Is it the block's first byte? Yes.",
      "✓ Is the block live? Yes, it was not freed.",
      "✓ Are its own size and mark intact? Yes.",
      '✗ Are those of the block after it intact? The header field `size` of `b` (40 bytes, line 2) should be 72 and is 7 since line 3; glibc: "free(): invalid next size (normal)".',
      "✓ Are those of the block before it intact? Yes.",
      "✓ Are the links of free neighbours intact? Yes.",
    ],
  },
  {
    name: "a pool's block",
    script: "pool p 16 x 2\na = alloc from=p\nfree a",
    text: [
      "`free` would succeed and give back `a` (16 bytes, line 2).",
      "✓ Is it null? No, it is 0x10000.",
      "✓ Is it in a heap or pool? 0x10000 is in pool `p`.",
      "✓ Is it aligned? Yes, it is the start of a 16-byte block of pool `p`.",
      "✓ Was it ever allocated? It comes from `a` (16 bytes, line 2).",
      "✓ Is it the block's first byte? Yes.",
      "✓ Is the block live? Yes, it was not freed.",
      "– Are its own size and mark intact? Blocks of a pool have no headers.",
      "– Are those of the block after it intact? Blocks of a pool have no headers.",
      "– Are those of the block before it intact? Blocks of a pool have no headers.",
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
