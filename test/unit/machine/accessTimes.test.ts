import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { englishWords } from "../../../src/language/Words";
import { storyText } from "../../../src/machine/stories/storyText";
import { statsText } from "../../../src/machine/inspect/statsText";
import { check } from "../fixtures";
import { runScript, said } from "./runScript";

const h10 = readFileSync(join(__dirname, "../../fixtures/cases/h10-eat-no-cache.memscript"), "utf8");

describe("the effective access time", () => {
  it("needs no cache: Silberschatz's formula with a table in memory", () => {
    check(h10);
  });

  it("counts the look-up in the lookaside buffer, hit or miss", () => {
    check(h10.replace("memory=150", "memory=150 tlb=15").replace("== 180", "== 195"));
    check(
      "vm frames=4\nlatency memory=100 tlb=20\ntlb 4\nmap 0 -> 0\naccess 0\nexpect effectiveAccessTime == 220\naccess 0\nexpect vm.effectiveAccessTime == 170",
    );
  });

  it("counts each level of a walk, and pages that come from the disk", () => {
    check(`vm frames=8 replacement=lru table=x86-64
latency memory=100 disk=1000
access 0
expect walkAccesses == 4 && pageFaults == 1
expect effectiveAccessTime == 4*100 + 100 + 1000
expect amat == 100
access 8
expect effectiveAccessTime == (2*500 + 1000) / 2`);
  });

  it("counts a huge page's shorter walk", () => {
    check("vm frames=1024 pages=1048576 table=x86-64\nmap 0 -> 512 huge=2MiB\naccess 0\nexpect walkAccesses == 3");
  });

  it("counts the same beside caches", () => {
    check(`vm frames=4
tlb 4
cache L1 4KiB latency=4
latency memory=100 tlb=2
map 0 -> 0
access 0
expect effectiveAccessTime == 2 + 100 + 4 + 100
access 0
expect cache.tlbLookups == 2 && cycles == 206 + 6`);
  });

  it("begins again where a cache begins, and goes back with time", () => {
    check("vm frames=4\nmap 0 -> 0\naccess 0\ncache L1 4KiB latency=4\nexpect effectiveAccessTime == 0");
  });

  it("is told once a script has said how long anything takes", () => {
    const script = "vm frames=4\nmap 0 -> 0\naccess 0";
    const lines = (text: string): string => statsText(runScript(text).machine.state).join("\n");
    assert.doesNotMatch(lines(script), /effective access time/);
    assert.match(lines(`latency memory=10\n${script}`), /effective access time 20\.00 cycles/);
  });
});

describe("a latency that cannot matter", () => {
  const story = (script: string): string => {
    const record = runScript(script).records.at(-1);
    return record === undefined ? "" : storyText(record, englishWords);
  };

  it("says so", () => {
    assert.match(story("latency tlb=3 memory=5"), /`tlb=` does not count so far: there is no TLB\./);
    assert.match(story("vm\nlatency disk=3"), /`disk=` does not count so far: no page is brought in on demand\./);
    assert.doesNotMatch(story("vm replacement=lru\ntlb 4\nlatency disk=3 tlb=1 memory=2"), /does not count/);
  });
});

describe("a statistic that something else has", () => {
  const cases: readonly (readonly [script: string, message: string])[] = [
    ["expect misses == 0", "`misses` needs a cache, and there is none at this point."],
    ["expect hits == 0", "`hits` needs a `vm` or a cache, and there is none at this point."],
    [
      "expect effectiveAccessTime == 0",
      "`effectiveAccessTime` needs a `vm` or a cache, and there is none at this point.",
    ],
    ["expect cache.hits == 0", "`cache.…` needs a cache, and there is none at this point."],
    ["expect vm.hits == 0", "There is no `vm` at this point."],
    [
      "pool p 8 x 2\npool q 8 x 2\nheap h 4KiB\nexpect poolBytes == 0",
      "`poolBytes` is a statistic of a pool or a slab cache: write `p.poolBytes`, `q.poolBytes`.",
    ],
    [
      "pool p 8 x 2\nheap h 4KiB\nexpect h.blockSize == 0",
      "`h` has no statistic `blockSize`: a pool or a slab cache has it; write `p.blockSize`.",
    ],
    [
      "heap h 4KiB\nexpect h.residentBytes == 0",
      "`h` has no statistic `residentBytes`: a heap in a process has it, and there is none at this point.",
    ],
    ["heap h 4KiB\nexpect h.usde == 0", "`h` has no statistic `usde`. Did you mean `used`?"],
    ["expect leastfree == 0", "Nothing is called `leastfree` at this point. Did you mean `leastFree`?"],
  ];
  for (const [script, message] of cases) {
    it(script.split("\n").at(-1) ?? "", () => {
      assert.deepEqual(
        runScript(script).problems.map((problem) => said(problem).message),
        [message],
      );
    });
  }

  it("is there for every region that can have it", () => {
    check(`heap h 1KiB header=0
pool p 8 x 4
slab s 100
expect h.leastFree == 1KiB
a = alloc 600 from=h
free a
b = alloc 8 from=p
free b
c = alloc 100 from=s
expect leastFree == 424 && h.leastFree == 424
expect p.leastFree == 3
expect p.utilization == 8 / 32 && s.utilization == 100 / 4096
free c`);
  });
});
