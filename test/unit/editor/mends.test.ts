import { runToEnd } from "../../../src/language/coroutines";
import * as assert from "node:assert/strict";
import { fixesOf, leakFixes } from "../../../src/editor/problems/fixes/fixes";
import { runScript, said } from "../machine/runScript";
import { applyEdits } from "./applyEdits";

/** Scripts with one kind of mistake, and the mistake; every fix that is offered must mend it. */
const scripts: readonly (readonly [id: string, text: string])[] = [
  ["leak", "a = alloc 8\nwrite a 1"],
  ["leak", "a = alloc 8\na = alloc 16\nfree a"],
  ["leak", "repeat 3 as i\n  b[i] = alloc 8\n  write b[i] 1\nend"],
  ["double-free", "a = alloc 8\nfree a\nfree a"],
  ["use-after-free", "a = alloc 8\nfree a\nwrite a 1\nread a 1"],
  ["use-after-free", "repeat 2\n  a = alloc 8\n  free a\n  write a 1\nend"],
  ["invalid-free", "a = alloc 8\nfree a + 4"],
  ["uninitialized-read", "a = alloc 8\nread a 4\nfree a"],
  ["uninitialized-read", "repeat 2\n  a = alloc 8\n  read a 4\n  free a\nend"],
  ["heap-overflow", 'heap 4KiB\na = alloc 8\nwrite a "hello \\"world\\""\nfree a'],
  ["heap-overflow", "a = alloc 8\nfill a 30 0xff\nfree a"],
  ["heap-overflow", "heap 4KiB redzone=8\na = alloc 8\nwrite a + 8 1\nfree a"],
  ["heap-underflow", "a = calloc 1 40\nread a - 4 4\nfree a"],
  ["heap-underflow", "heap 4KiB\na = alloc 40\nwrite a - 8 1\nfree a"],
  ["out-of-memory", "heap 1KiB\na = alloc 2000\nfree a"],
  ["out-of-memory", "heap main 1KiB policy=buddy\na = alloc 2000\nfree a"],
  [
    "out-of-memory",
    "heap 1KiB\na = alloc 300\nb = alloc 300\nc = alloc 300\nfree a\nfree c\nd = alloc 500\nfree b\nfree d",
  ],
  ["pool-exhausted", "pool p 64 x 1\na = alloc from=p\nb = alloc from=p\nfree a\nfree b"],
  ["invalid-size", "a = alloc -5\nfree a"],
  ["invalid-size", "pool p 64 x 2\na = alloc 100 from=p\nfree a"],
  ["invalid-size", "a = alloc 8\na = realloc a 0"],
  ["misaligned", "a = alloc 8 align=3\nfree a"],
  ["overlap", "a = calloc 1 8\ncopy a a + 2 4\nfree a"],
  ["page-fault", "vm page=4KiB frames=10\nload 0x5000"],
  ["page-fault", "vm page=4KiB frames=10\nrepeat 3\n  store 0x5000 1\nend"],
  ["protection-fault", "vm page=4KiB frames=10\nmap 0 -> 1 r\nstore 0x10 5"],
  ["protection-fault", "vm table=x86-64 frames=64\nmap 0 -> 1 rw\nmode user\nstore 0x10 5"],
  ["protection-fault", "vm table=x86-64 frames=64\nmap 0 -> 1 rxu\nmode supervisor smep=on\naccess 0x10 x"],
  ["protection-fault", "vm table=x86-64 frames=64\nmap 0 -> 1 rwu\nmode supervisor smap=on\nload 0x10"],
  ["protection-fault", "vm table=sv39 frames=64\nmap 0 -> 1 rwu\nmode supervisor\nload 0x10"],
  ["protection-fault", "vm table=sv39 frames=64\nmap 0 -> 1 rxu\nmode supervisor sum=on\naccess 0x10 x"],
  ["page-fault", "vm table=sv39 frames=64\nmap 0 -> 1 rw\nmode svade=on\nstore 0x10 5"],
  ["stale-translation", "vm frames=16\ntlb 4 coherent=off\nmap 0 -> 1\nload 0\nunmap 0\nmap 0 -> 2\nload 0"],
  ["already-mapped", "vm page=4KiB frames=10\nmap 0 -> 1\nmap 0 -> 2"],
  ["invalid-frame", "vm page=4KiB frames=10\nmap 0 -> 12 rw\nstore 0 1"],
  ["frame-in-use", "vm page=4KiB frames=10\nmap 1 -> 2\nmap 2 -> 2"],
  ["not-mapped", "vm page=4KiB frames=10\nunmap 7"],
  ["not-mapped", "vm page=4KiB frames=10\nprotect 9 r"],
  ["out-of-frames", "vm page=4KiB frames=2\nmap 0\nmap 1\nmap 2"],
  ["out-of-swap", "vm frames=1 replacement=fifo swap=0\nstore 0 1\nstore 0x1000 1"],
  ["unaligned-page", "vm table=x86-64 frames=2048\nmap 5 -> 512 huge=2MiB"],
  ["unaligned-page", "vm table=x86-64 frames=2048\nmap 513 huge=2MiB"],
  ["expectation-failed", "a = alloc 8\nexpect used == 99\nfree a"],
  ["expectation-failed", "a = alloc 8\nexpect used >= 99\nfree a"],
  ["expectation-failed", "expect problem leak\na = alloc 8\nfree a"],
  ["unknown-name", "buf = alloc 8\nfree bug"],
  ["unknown-name", "expect usd == 0"],
  ["unknown-name", "pool nodes 64 x 2\na = alloc 8 from=node\nfree a"],
  ["unknown-verb", "a = aloc 8\nfree a"],
  ["bad-operand", "heap 4KiB policy=bset-fit"],
  ["bad-operand", "heap 4KiB policy=zz"],
  ["syntax-error", "repeat 3\n  a = alloc 8\n  free a"],
  ["syntax-error", "stats\nend"],
];

function errorsOf(text: string): string[] {
  return runScript(text)
    .problems.filter(({ severity }) => severity === "error")
    .map((problem) => `${problem.id}: ${said(problem).message}`);
}

describe("every fix of a problem", () => {
  for (const [id, text] of scripts) {
    it(`mends ${id} in ${JSON.stringify(text)}`, () => {
      const { machine, problems } = runScript(text);
      const problem = problems.find((candidate) => candidate.id === id);
      assert.ok(problem !== undefined, `the script has no ${id}`);
      const fixes = fixesOf(problem, machine.program);
      assert.notEqual(fixes.length, 0);
      const before = new Set(errorsOf(text));
      for (const fix of fixes) {
        const mended = applyEdits(text, fix.edits);
        const remaining = runScript(mended).problems.filter((candidate) => candidate.id === id);
        assert.deepEqual(remaining, [], `after ${fix.kind} '${fix.word}':\n${mended}`);
        const fresh = errorsOf(mended).filter((error) => !before.has(error));
        assert.deepEqual(fresh, [], `after ${fix.kind} '${fix.word}':\n${mended}`);
      }
    });
  }

  it("frees all leaked blocks at once", () => {
    const text = "a = alloc 8\nb = alloc 16\nwrite b 1\nrepeat 2 as i\n  c[i] = alloc 4\nend\na = alloc 2\nfree a";
    const { machine, problems } = runScript(text);
    const edits = runToEnd(leakFixes(problems, machine.program)).flatMap((fix) => fix.edits);
    assert.deepEqual(runScript(applyEdits(text, edits)).problems, []);
  });
});
