import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { problemIds as languageIds } from "../../../src/language/vocabulary/problemIds";
import { vocabulary } from "../../../src/language/vocabulary/vocabulary";
import { catalogue, problemIds } from "../../../src/machine/problems/catalogue";
import { renderProblems } from "../../../src/machine/problems/render";
import { executors } from "../../../src/machine/verbs/executors";
import { problemPlaces, runScript, said } from "./runScript";

interface Case {
  readonly name: string;
  readonly script: string;
  /** `id@line` of every problem, and a part of each message. */
  readonly problems: readonly (readonly [string, string])[];
}

const cases: readonly Case[] = [
  {
    name: "a stale handle does not free the new owner of its address",
    script: "a = alloc 40\nfree a\nb = alloc 40\nfree a\nexpect usedBlocks == 1\nfree b",
    problems: [
      [
        "double-free@4",
        "which was freed at line 2 already; its memory belongs to the 40-byte block `b` allocated at line 3 now",
      ],
    ],
  },
  {
    name: "double free by bare address",
    script: "a = alloc 40\nfree 0x10020\nfree 0x10020",
    problems: [["double-free@3", "freed at line 2"]],
  },
  { name: "null is free to free", script: "free 0", problems: [] },
  {
    name: "interior pointer by address",
    script: "a = alloc 40\nfree 0x10024\nfree a",
    problems: [["invalid-free@2", "0x10024 is 4 bytes inside the 40-byte block `a` allocated at line 1"]],
  },
  {
    name: "never allocated",
    script: "a = alloc 40\nfree 0x20000\nfree a",
    problems: [["invalid-free@2", "never allocated"]],
  },
  {
    name: "write past the end",
    script: "a = alloc 40\nwrite a + 44 1 width=4\nfree a",
    problems: [
      ["heap-overflow@2", "write of 4 bytes, 4 bytes after the 40-byte block `a` allocated at line 1."],
      ["heap-corruption@2", "header field `size` of the free block"],
      ["heap-corruption@3", "free of the 40-byte block `a` trips over the header field `size`"],
    ],
  },
  {
    name: "overflow into a live neighbour by provenance",
    script: "a = alloc 40\nb = alloc 40\nwrite a + 72 1\nfree a\nfree b",
    problems: [["heap-overflow@3", "lands in the 40-byte block `b` allocated at line 2"]],
  },
  {
    name: "a computed pointer belongs to its block",
    script: "a = alloc 40\np = a + 32\nwrite p 1 width=8\nwrite p + 8 1 width=1\nfree a",
    problems: [
      ["heap-overflow@4", "0 bytes after"],
      ["heap-corruption@4", "must be"],
      ["heap-corruption@5", "since line 4"],
    ],
  },
  {
    name: "reading a header by its address is looking, not a mistake",
    script: "a = alloc 40\nread 0x10000 32\nfree a\nread 0x10000 32",
    problems: [],
  },
  {
    name: "bare address into a freed block",
    script: "a = alloc 40\nb = alloc 8\nfree a\nwrite 0x10028 1\nfree b",
    problems: [["use-after-free@4", "8 bytes inside the 40-byte block `a` allocated at line 1, freed at line 3"]],
  },
  {
    name: "free space that nobody had",
    script: "a = alloc 40\nwrite 0x12000 1\nfree a",
    problems: [["wild-access@2", "never handed out"]],
  },
  {
    name: "null handle of a failed allocation",
    script: "heap 1KiB\nexpect problem out-of-memory\na = alloc 4KiB\nwrite a 1",
    problems: [["wild-access@4", "the allocation at line 3 failed"]],
  },
  {
    name: "copy keeps bytes uninitialized",
    script: 'a = alloc 16\nb = alloc 16\nwrite a "1234"\ncopy b a 16\nread b 4\nread b 5\nfree a\nfree b',
    problems: [["uninitialized-read@6", "byte 4 of the 16-byte block `b`"]],
  },
  {
    name: "out of memory says what defrag would give",
    script:
      "heap 1KiB header=0\nrepeat 8 as i\na[i] = alloc 128\nend\nfree a[0]\nfree a[2]\nb = alloc 256\nrepeat 8 as i\nx = i\nend\nfree a[1]\nrepeat 5 as i\nfree a[i+3]\nend",
    problems: [
      [
        "out-of-memory@7",
        "`heap` has 256 bytes free in 2 blocks, the largest of 128 bytes; the memory is fragmented: `defrag` would make one hole of 256 bytes",
      ],
    ],
  },
  {
    name: "last handle overwritten, with an alias left",
    script: "a = alloc 8\nb = a\na = alloc 8\nfree b\nfree a",
    problems: [],
  },
  {
    name: "last handle overwritten",
    script: "a = alloc 8\na = 5",
    problems: [["leak@1", "its last handle `a` is overwritten at line 2"]],
  },
  {
    name: "a pointer kept in memory is not lost by overwriting its handle",
    script: "a = alloc 8\nb = alloc 8\nwrite b a\na = b\nfree 0x10020\nfree b",
    problems: [],
  },
  {
    name: "leaks are grouped by the allocating line",
    script: "repeat 3 as i\n  a[i] = alloc 10\nend\nb = alloc 1",
    problems: [
      [
        "leak@2",
        "3 blocks allocated at line 2 are never freed: 30 bytes in all (`a[0]`, `a[1]`, `a[2]`), still reachable.",
      ],
      [
        "leak@4",
        "The 1-byte block `b` allocated at line 4 is never freed: still reachable when the script ends, through `b`.",
      ],
    ],
  },
  {
    name: "destroying a pool loses its blocks, and its handles dangle",
    script: "pool p 8 x 2\na = alloc 8 from=p\ndestroy p\nwrite a 1",
    problems: [
      ["leak@2", "when its pool `p` was destroyed at line 3"],
      ["use-after-free@4", "freed by `destroy p` at line 3"],
    ],
  },
  {
    name: "after reset handles dangle",
    script: "pool p 8 x 2\na = alloc 8 from=p\nreset p\nfree a",
    problems: [["double-free@4", "freed by `reset p` at line 3"]],
  },
  {
    name: "pool blocks are bounded by what was asked for",
    script: "pool p 64 x 2\na = alloc 60 from=p\nwrite a + 60 1\nfree a",
    problems: [["heap-overflow@3", "0 bytes after the 60-byte block"]],
  },
  {
    name: "the link of a free pool block is damaged",
    script: "pool p 16 x 2\na = alloc 16 from=p\nfree a\nwrite a 7",
    problems: [
      ["use-after-free@4", "freed at line 3"],
      ["heap-corruption@4", "the link in free block 0 of pool `p`"],
    ],
  },
  {
    name: "a write behind a header word of 4 bytes does not damage it again",
    script: "heap 4KiB header=4\na = alloc 12\nwrite a - 4 7 width=4\nwrite a 7 width=4\nfree a",
    problems: [
      ["heap-underflow@3", "4 bytes before the 12-byte block"],
      ["heap-corruption@3", "header field `size`"],
      ["heap-corruption@5", "since line 3"],
    ],
  },
  {
    name: "realloc in place keeps aliases, a move lets them dangle",
    script:
      "a = alloc 40\nb = a\na = realloc a 80\nwrite b 1\nc = alloc 8\na = realloc a 800\nwrite b 1\nfree a\nfree c",
    problems: [["use-after-free@7", "freed by `realloc` at line 6"]],
  },
  { name: "realloc of null allocates", script: "a = 0\na = realloc a 8\nfree a", problems: [] },
  {
    name: "realloc of a freed block",
    script: "a = alloc 40\nfree a\na = realloc a 80",
    problems: [["use-after-free@3", "realloc of the 40-byte block `a`"]],
  },
  {
    name: "an expected problem that does not come",
    script: "expect problem leak\na = alloc 8\nfree a",
    problems: [["expectation-failed@1", "expected the problem `leak` from line 2, but it raised no problem"]],
  },
  {
    name: "several expectations wait for the same line",
    script:
      "a = alloc 40\nexpect problem heap-overflow\nexpect problem heap-corruption\nwrite a + 40 1 width=8\nexpect problem heap-corruption\nfree a",
    problems: [],
  },
  { name: "a leak at the end can be expected", script: "expect problem leak\na = alloc 8", problems: [] },
  {
    name: "overlapping bases",
    script: "heap a 64KiB base=0x10000\nheap b 64KiB base=0x18000",
    problems: [["bad-operand@2", "overlaps `a`, which keeps 0x10000..0x20000"]],
  },
  { name: "a name twice", script: "heap a 1KiB\npool a 8 x 1", problems: [["bad-operand@2", "called `a` already"]] },
  { name: "fractions are no sizes", script: "a = alloc 5 / 2", problems: [["invalid-size@1", "2.5"]] },
  {
    name: "a vm is needed",
    script: "map 0 -> 1",
    problems: [["bad-operand@1", "declare one with a `vm` line first"]],
  },
  {
    name: "a range with pages that are not mapped is one problem",
    script: "vm frames=8\nmap 0..2\nunmap 0..1000000000000",
    problems: [["not-mapped@3", "page 2 and 999999999997 more of the range are not mapped"]],
  },
  {
    name: "a store across pages is done up to the fault",
    script:
      "vm frames=8\nmap 0\nstore 4094 0x11223344\nexpect problem page-fault\nload 4095 2\nx = load 4095\nexpect x == 0x33",
    problems: [["page-fault@3", "page 1 is not mapped"]],
  },
  { name: "an index that is no number", script: "b[0 - 1] = 5", problems: [["bad-operand@1", "index"]] },
  {
    name: "a misspelled handle",
    script: "handle = alloc 8\nfree handel\nfree handle",
    problems: [["unknown-name@2", "Did you mean `handle`?"]],
  },
  {
    name: "an order that the policy does not have",
    script: "heap 1KiB policy=tlsf order=fifo",
    problems: [["bad-operand@1", "does not apply to `tlsf`: the order of its free blocks is always lifo"]],
  },
  {
    name: "a coalescing that the policy does not have",
    script: "heap 1KiB policy=segregated coalesce=list-pass",
    problems: [
      ["bad-operand@1", "does not apply to `segregated`: its coalescing is one of immediate, deferred, never"],
    ],
  },
  { name: "a second vm", script: "vm\nvm", problems: [["bad-operand@2", "already"]] },
];

describe("problems", () => {
  for (const { name, script, problems } of cases) {
    it(name, () => {
      const run = runScript(script);
      assert.deepEqual(
        problemPlaces(run.problems),
        problems.map(([place]) => place),
      );
      for (const [index, [, part]] of problems.entries()) {
        const { message } = said(run.problems[index]);
        assert.ok(message.includes(part), `${JSON.stringify(message)} lacks ${JSON.stringify(part)}`);
      }
      assert.deepEqual(run.machine.checkInvariants(), []);
    });
  }

  for (const id of problemIds) {
    it(`${id}: the catalogue's example raises it and nothing else`, () => {
      const { problems } = runScript(catalogue[id].example);
      assert.notEqual(problems.length, 0);
      for (const problem of problems) assert.equal(problem.id, id);
      assert.equal(problems[0].severity, catalogue[id].severity);
    });
  }

  it("are known to the language under the same ids", () => {
    assert.deepEqual([...languageIds].sort(), [...problemIds].sort());
  });

  it("have their page of documentation, rendered from the catalogue", () => {
    const file = join(__dirname, "../../../media/problems.md");
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(file, renderProblems());
    assert.equal(readFileSync(file, "utf8"), renderProblems());
  });
});

describe("verbs", () => {
  it("are those of the vocabulary", () => {
    const written = vocabulary.map(({ verb }) => verb).filter((verb) => verb !== "repeat" && verb !== "end");
    assert.deepEqual([...executors.keys()].sort(), written.sort());
  });
});
