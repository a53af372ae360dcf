import assert from "node:assert/strict";
import { problemPlaces, runScript, said } from "../runScript";

interface Case {
  readonly name: string;
  /** Checks itself by `expect`. */
  readonly script: string;
  /** `id@line` of every problem, and a part of its message. */
  readonly problems?: readonly (readonly [string, string])[];
}

const cases: readonly Case[] = [
  {
    name: "a process has pages of its own under the same numbers",
    script: `vm page=16 frames=8
map 0
store 0 1
process other
switch other
expect problem page-fault
load 0
map 0
store 0 2
switch main
x = load 0
expect x == 1
exit other
expect freeFrames == 7`,
  },
  {
    name: "names of processes",
    script: "vm frames=8\nprocess a\nprocess a\nswitch b\nexit b\nexit a\nexit\nfork main",
    problems: [
      ["bad-operand@3", "There is a process `a` already."],
      ["unknown-name@4", "There is no process `b`; there are `main`, `a`."],
      ["unknown-name@5", "There is no process `b`"],
      ["bad-operand@7", "`main` is the last process; it cannot end."],
      ["bad-operand@8", "There is a process `main` already."],
    ],
  },
  {
    name: "processes need a vm",
    script: "process a\nswitch main\nfork a\nexit\ndedup\ntlb 4\nsegment s 10\nregion r 0..1\nguard g 1..2\ngrow r 1",
    problems: ["process", "switch", "fork", "exit", "dedup", "tlb", "segment", "region", "guard", "grow"].map(
      (verb, index) => [`bad-operand@${index + 1}`, `\`${verb}\` needs a page table`] as const,
    ),
  },
  {
    name: "fork copies a page at the first write, of either process",
    script: `vm page=16 frames=8
map 0..2
store 0 1
store 16 2
fork child
expect usedFrames == 2
expect copies == 0
store 0 9
expect copies == 1
switch child
x = load 0
expect x == 1
store 16 8
expect copies == 2
expect usedFrames == 4
# Nobody else has these pages any more.
store 0 7
expect copies == 2
switch main
y = load 16
expect y == 2
exit child
expect usedFrames == 2`,
  },
  {
    name: "shared pages stay common, and keep what was written when the writer ends",
    script: `vm page=16 frames=1 replacement=fifo
map 0 shared=on
fork child
switch child
store 0 5
exit child
# Page 1 takes the only frame: page 0 has to be written before.
store 16 1
x = load 0
expect x == 5
expect copies == 0`,
  },
  {
    name: "a page that becomes writable after a fork is copied all the same",
    script: `vm page=16 frames=4
map 0 rwu
store 0 1
protect 0 r
fork child
protect 0 rw
store 0 2
expect copies == 1
switch child
x = load 0
expect x == 1`,
  },
  {
    name: "dedup merges equal frames, and a write splits them",
    script: `vm page=16 frames=8
map 0..3
fill 0 32 7
fill 32 16 8
dedup
expect usedFrames == 2
expect mergedPages == 1
store 16 1
expect copies == 1
expect usedFrames == 3
x = load 0
expect x == 7`,
  },
  {
    name: "an inverted table shares nothing",
    script: "vm table=inverted frames=4\nmap 0\nfork child\ndedup\nmap 1 -> 0 shared=on",
    problems: [
      ["bad-operand@3", "an inverted table has one page for a frame, so a child cannot have its parent's frames."],
      ["bad-operand@4", "frames cannot be shared"],
      ["frame-in-use@5", "an inverted table has one page for a frame, and frame 0 holds one already."],
    ],
  },
  {
    name: "frames of a process with local allocation",
    script: `vm page=16 frames=8 replacement=fifo allocation=local
process small frames=2
switch small
reference "0 1 2 0"
expect faults == 4
expect evictions == 2
switch main
reference "0 1 2 3 4 0"
expect evictions == 2
expect faults == 9`,
  },
  {
    name: "regions: what is outside, what forbids, what grows",
    script: `vm page=16 frames=16 pages=64 demand=on
region text 1..3 rxu
region heap 8..9 grow=up
region stack 30..32 grow=down limit=4
guard below 27..28
access 16 x
store 16 1
store 0x90 1
grow heap 2
store 0x90 1
store 29 * 16 1
store 28 * 16 1
store 27 * 16 1
store 26 * 16 1
grow heap -3
grow heap -1
grow nothing 1
grow heap 100
region twice 1..2
guard heap 60..61
region far 60..65`,
    problems: [
      ["protection-fault@7", "page 1 permits `r-xu`, and this needs `w`"],
      ["segmentation-fault@8", "no region of `main` has page 9; `heap` ends at page 8."],
      ["guard-page@13", "the guard `below` has page 27."],
      ["segmentation-fault@14", "no region of `main` has page 26"],
      ["bad-operand@16", "region `heap` cannot shrink by 1 page"],
      ["unknown-name@17", "`main` has no region `nothing`; it has `text`, `heap`, `below`, `stack`."],
      ["bad-operand@18", "region `heap` cannot grow by 100 pages"],
      ["bad-operand@19", "region `twice` would overlap `text`, which has the pages 1 to 2."],
      ["bad-operand@20", "`main` has a region `heap` already."],
      ["bad-operand@21", "the address space has the pages 0 to 63; the region would end at 65."],
    ],
  },
  {
    name: "a guard takes the pages that are mapped there, and none can be mapped there again",
    script: `vm page=16 frames=16 pages=64
map 4..8
store 5 * 16 7
guard between 5..7
expect freeFrames == 14
load 4 * 16 1
load 5 * 16 1
load 6 * 16 1
map 5..6
map 6 -> 3
load 7 * 16 1
expect freeFrames == 14`,
    problems: [
      ["guard-page@7", "the guard `between` has page 5."],
      ["guard-page@8", "the guard `between` has page 6."],
      ["guard-page@9", "nothing can be mapped where a guard is"],
      ["guard-page@10", "the guard `between` has page 6, and nothing can be mapped"],
    ],
  },
  {
    name: "a guard takes a huge page that reaches into it as a whole",
    script: `vm table=sv39 frames=2048
map 0 -> 512 huge=2MiB
map 512 -> 3
guard g 511..512
access 0x1ff000
expect freeFrames == 2044
access 0x200000`,
    problems: [["guard-page@5", "the guard `g` has page 511."]],
  },
  {
    name: "a region of a million million pages shrinks at once",
    script: `vm page=4KiB pages=2000000000000 frames=8 demand=on
region heap 0..1 grow=up
grow heap 1000000000000
store 4096 * 999999999999 1
grow heap -1000000000000
expect freeFrames == 8`,
  },
  {
    name: "more pages than the limit stop the run, however few frames they need",
    script: "vm demand=on pages=2000000000\nmap 0..1000000000",
    problems: [["limit-exceeded@2", "1000000000 mapped pages are too many"]],
  },
  {
    name: "the classic layout: page 0 is reserved, the stack grows by being touched",
    script: `vm page=16 frames=16 pages=256 demand=on layout=classic
load 0
store 16 1
store 191 * 16 1
store 190 * 16 1
store 255 * 16 1
store 120 * 16 1
process p layout=classic
switch p
load 0`,
    problems: [
      ["guard-page@2", "the guard `null` has page 0"],
      ["protection-fault@3", "page 1 permits `r-xu`"],
      ["guard-page@10", "the guard `null` has page 0"],
    ],
  },
  {
    name: "segments: limits, directions, names",
    script: `vm paging=off frames=1 page=16KiB space=1KiB
segment code 100 rx base=32
segment stack 50 rwu base=400 grow=down
x = translate 99
expect x == 131
access 100
y = translate 1023
expect y == 399
access 973
access 974
store 5 1
segment code 10
segment low 10 base=5 grow=down
access 5000`,
    problems: [
      ["segmentation-fault@6", "segment 0 `code` has 100 bytes, and the address is at offset 100."],
      ["segmentation-fault@9", "segment 1 `stack` has 50 bytes, and the address is at 51 bytes below its top."],
      ["protection-fault@11", "permits `r-x-`, and this needs `w`"],
      ["bad-operand@12", "There is a segment `code` already."],
      ["bad-operand@13", "segment `low` grows down from 0x5 by 10 bytes, which is below address 0."],
      ["segmentation-fault@14", "there is no segment"],
    ],
  },
  {
    name: "an access that runs over the end of a segment stops there",
    script: "vm paging=off frames=4 space=1KiB\nsegment all 100 base=200\nload 90 10\nload 95 10\nfill 98 4 1",
    problems: [
      ["segmentation-fault@4", "the address is at offset 100"],
      ["segmentation-fault@5", "the address is at offset 100"],
    ],
  },
  {
    name: "base and bounds ends at the end of memory too",
    script: "vm paging=off frames=1 page=128 space=256\nsegment all 256 base=64\nload 0 64\nload 63 2",
    problems: [["page-fault@4", "memory ends at 0x80"]],
  },
  {
    name: "a lookaside buffer: hits, misses, flushes, identifiers, global entries",
    script: `vm page=16 frames=8
tlb 2 policy=fifo
map 0..3
map 3 global=on
access 0
access 0
access 16
access 0
access 32
access 0
expect tlbHits == 2
expect tlbMisses == 4
access 48
process p
switch p
switch main
access 48
expect tlbHits == 3
access 0
expect tlbMisses == 6
tlb 4 ways=2 asid=on
access 0
switch p
switch main
access 0
expect tlbHits == 4
tlb 4 ways=3
tlb 0`,
    problems: [
      ["bad-operand@27", "4 entries do not divide into sets of 3."],
      ["bad-operand@28", "The number of entries is 0"],
    ],
  },
  {
    name: "reference strings",
    script: `vm page=16 frames=3 replacement=lru
reference "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1"
expect faults == 12
expect hits == 8
reference "1 x"
reference "" w
reference "0, 1" w
expect writebacks == 0`,
    problems: [["bad-operand@5", "`x` is no page number."]],
  },
  {
    name: "huge pages: multiples of their size, one entry, whole copies",
    script: `vm table=x86-64 frames=2048
map 512 -> 512 huge=2MiB
map 5 -> 1024 huge=2MiB
map 1024 -> 5 huge=2MiB
map 600
map 1024 -> 600
map 0 huge=4MiB
fork child
store 513 * 4096 1
expect copies == 1
unmap 700
load 512 * 4096`,
    problems: [
      ["unaligned-page@3", "begins at a page and a frame that are multiples of 512, not at page 5 and frame 1024"],
      ["unaligned-page@4", "not at page 1024 and frame 5"],
      ["already-mapped@5", "page 600 is mapped to frame 512 already."],
      ["frame-in-use@6", "frame 600 holds page 512; page 1024 cannot have it too."],
      ["bad-operand@7", "a x86-64 table has huge pages of"],
      ["page-fault@12", "page 512 is not mapped"],
    ],
  },
  {
    name: "shapes that cannot be",
    script: [
      "vm table=x86-64 page=8KiB",
      "vm levels=2 page=100",
      "vm levels=2 page=32 entry=32",
      "vm levels=2 page=32 entry=1 pages=2000",
      "vm levels=6",
      "vm table=sv39 pages=1000000000",
    ].join("\n"),
    problems: [
      ["bad-operand@1", "The format x86-64 has pages of 4096 bytes, not 8192."],
      ["bad-operand@2", "Tables of several levels need pages of a power of two, not 100."],
      ["bad-operand@3", "`entry=` is 32; an entry has 1, 2, 4 or 8 bytes."],
      ["bad-operand@4", "2 levels of 32 entries reach 1024 pages, not 2000."],
      ["bad-operand@5", "`levels=` is 6; a table has 1 to 5."],
      ["bad-operand@6", "The format sv39 reaches 67108864 pages, not 1000000000."],
    ],
  },
  {
    name: "swap: slots that run out, and come back",
    script: `vm page=16 frames=1 replacement=fifo swap=1
store 0 1
store 16 2
expect swapUsed == 1
store 32 3
unmap 0
expect swapUsed == 0
store 32 3
x = load 32
expect x == 3`,
    problems: [["out-of-swap@5", "the page to evict is dirty, and the one slot of swap space is in use."]],
  },
  {
    name: "tables of several levels take frames, and report when there are none",
    script: `vm page=32 levels=2 frames=3 pages=1024
map 0
expect freeFrames == 0
map 1
map 100
unmap 0
expect freeFrames == 2
map 100
expect tableBytes == 64`,
    problems: [
      ["out-of-frames@4", "no free frame for page 1"],
      ["out-of-frames@5", "no free frame for page 100"],
    ],
  },
];

describe("virtual memory in the language", () => {
  for (const { name, script, problems = [] } of cases) {
    it(name, () => {
      const run = runScript(script);
      const shown = run.problems.map((problem) => `${problem.line + 1}: ${said(problem).message}`).join("\n");
      assert.deepEqual(
        problemPlaces(run.problems),
        problems.map(([place]) => place),
        shown,
      );
      problems.forEach(([, part], index) => {
        const { message } = said(run.problems[index]);
        assert.ok(message.includes(part), `${JSON.stringify(message)} lacks ${JSON.stringify(part)}`);
      });
      assert.deepEqual(run.machine.checkInvariants(), []);
    });
  }
});
