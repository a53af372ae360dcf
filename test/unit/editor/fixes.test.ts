import * as assert from "node:assert/strict";
import { fixesOf } from "../../../src/editor/problems/fixes/fixes";
import { applyEdits } from "./applyEdits";
import { parse } from "../../../src/language/parsing/parser";
import type { Problem } from "../../../src/machine/problems/Problem";

interface Report {
  readonly id: string;
  readonly line: number;
  readonly facts?: object;
  readonly column?: number;
  readonly endColumn?: number;
}

function fixed(text: string, report: Report): string | undefined {
  const problem = {
    severity: "error",
    column: 0,
    endColumn: 0,
    step: 1,
    facts: {},
    ...report,
  } as unknown as Problem;
  const fix = fixesOf(problem, parse(text)).at(0);
  return fix === undefined ? undefined : applyEdits(text, fix.edits);
}

const cases: readonly { name: string; text: string; report: Report; expected: string | undefined }[] = [
  {
    name: "frees a block that realloc was to make 0 bytes large",
    text: "a = alloc 8\n  a = realloc a 4 - 4  # none",
    report: { id: "invalid-size", line: 1, facts: { kind: "realloc-to-nothing", block: null } },
    expected: "a = alloc 8\n  free a  # none",
  },
  {
    name: "frees nothing in place of another invalid size",
    text: "a = alloc 0",
    report: { id: "invalid-size", line: 0, facts: { kind: "not-positive", size: 0 } },
    expected: undefined,
  },
  ...(
    [
      [3, 4],
      [5, 4],
      [20, 16],
      [24, 32],
      [100, 128],
      [4095, 4096],
    ] as const
  ).map(([wrong, right]) => ({
    name: `makes an alignment of ${wrong} one of ${right}`,
    text: `a = alloc 8 align=${wrong} # odd`,
    report: { id: "misaligned", line: 0, facts: { kind: "not-power-of-two", align: wrong } },
    expected: `a = alloc 8 align=${right} # odd`,
  })),
  {
    name: "leaves an address alone that is not aligned",
    text: "slab s 64 base=0x10010",
    report: { id: "misaligned", line: 0, facts: { kind: "slab-base", baseAddress: 0x10010, align: 4096 } },
    expected: undefined,
  },
  {
    name: "frees a leaked block after its last use",
    text: 'a = alloc 100\nwrite a "x"\nb = alloc 8\nfree b',
    report: { id: "leak", line: 0 },
    expected: 'a = alloc 100\nwrite a "x"\nfree a\nb = alloc 8\nfree b',
  },
  {
    name: "frees a block that is never used right after it was allocated",
    text: "a = alloc 100\nb = alloc 8",
    report: { id: "leak", line: 0 },
    expected: "a = alloc 100\nfree a\nb = alloc 8",
  },
  {
    name: "frees a block before its last handle is overwritten",
    text: "a = alloc 100\nstats\na = alloc 50\nfree a",
    report: { id: "leak", line: 0, facts: { kind: "overwritten", overwritingLine: 2 } },
    expected: "a = alloc 100\nstats\nfree a\na = alloc 50\nfree a",
  },
  {
    name: "frees inside the loop that allocates, with its indentation",
    text: "repeat 3\n  a = alloc 8\n  write a 1\nend\nstats",
    report: { id: "leak", line: 1 },
    expected: "repeat 3\n  a = alloc 8\n  write a 1\n  free a\nend\nstats",
  },
  {
    name: "frees after a deeper loop that uses the block",
    text: "a = alloc 8\nrepeat 3\n  write a 1\nend\nstats",
    report: { id: "leak", line: 0 },
    expected: "a = alloc 8\nrepeat 3\n  write a 1\nend\nfree a\nstats",
  },
  {
    name: "frees an indexed handle as it is written",
    text: "b[2] = alloc 8\nread b[2] 4",
    report: { id: "leak", line: 0 },
    expected: "b[2] = alloc 8\nread b[2] 4\nfree b[2]",
  },
  {
    name: "deletes the second free",
    text: "a = alloc 8\nfree a\nfree a\nstats",
    report: { id: "double-free", line: 2 },
    expected: "a = alloc 8\nfree a\nstats",
  },
  {
    name: "leaves a double free that is no free line alone",
    text: "a = alloc 8\nfree a\na = realloc a 9",
    report: { id: "double-free", line: 2 },
    expected: undefined,
  },
  {
    name: "replaces a mistyped word by the suggestion",
    text: "a = aloc 8",
    report: {
      id: "unknown-verb",
      line: 0,
      column: 4,
      endColumn: 8,
      facts: { kind: "verb", word: "aloc", suggestion: "alloc" },
    },
    expected: "a = alloc 8",
  },
  {
    name: "has nothing for other problems",
    text: "free 0x10",
    report: { id: "invalid-free", line: 0 },
    expected: undefined,
  },
];

describe("fixesOf", () => {
  for (const { name, text, report, expected } of cases) {
    it(name, () => assert.equal(fixed(text, report), expected));
  }
});
