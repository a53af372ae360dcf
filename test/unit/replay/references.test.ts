import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { optCurve } from "../../../src/engine/replacement/curves/optCurve";
import { Future } from "../../../src/engine/replacement/Future";
import { missCurves } from "../../../src/machine/curves/missCurves";
import { readCacheText, readVmText } from "../../../src/machine/replay/declarations";
import { mostCollected, PageCollector } from "../../../src/machine/replay/PageCollector";
import {
  ReferenceReplay,
  type ReferenceReport,
  type ReplayedReference,
} from "../../../src/machine/replay/ReferenceReplay";
import { refusedReferenceText } from "../../../src/machine/replay/refusals";
import type { ReferenceFormat } from "../../../src/trace/format";
import { lackey } from "../../../src/trace/formats/lackey";
import { referenceFormats } from "../../../src/trace/formats";
import { MersenneTwister } from "../../../src/engine/replacement/MersenneTwister";
import { ref } from "../../../src/trace/formats/ref";
import { NaiveCaches } from "../engine/cache/naiveCaches";
import { bytesOf } from "./traces";

const trace = gunzipSync(readFileSync(join(__dirname, "../../fixtures/traces/true.lackey.gz")));

interface Line {
  readonly kind: string;
  readonly address: number;
  readonly size: number;
}

/** The trace read anew, with a regular expression. */
const lines: readonly Line[] = trace
  .toString("latin1")
  .split("\n")
  .flatMap((line) => {
    const match = /^([I ][LSM ]) ([0-9a-f]+),([0-9]+)$/.exec(line);
    return match === null ? [] : [{ kind: match[1].trim(), address: parseInt(match[2], 16), size: Number(match[3]) }];
  });

const pages = lines.flatMap(({ address, size }) => {
  const [first, last] = [Math.floor(address / 4096), Math.floor((address + size - 1) / 4096)];
  return first === last ? [first] : [first, last];
});

function replay(
  bytes: Uint8Array,
  vm: string | null,
  cache: string,
  future: Future | null = null,
  onReference: ((reference: ReplayedReference) => void) | null = null,
  ...formats: ReferenceFormat[]
): ReferenceReport {
  const declared = vm === null ? null : readVmText(vm);
  const caches = readCacheText(cache);
  if ((declared !== null && "message" in declared) || "message" in caches) throw new Error("cannot be declared");
  const run = new ReferenceReplay(
    { formats: formats.length === 0 ? [lackey] : formats, vm: declared, ...caches },
    future,
    onReference,
  );
  for (let at = 0; at < bytes.length; at += 100_000) run.feed(bytes.subarray(at, at + 100_000));
  const report = run.finish();
  assert.deepEqual(run.vm?.checkInvariants() ?? [], []);
  assert.deepEqual(run.caches?.checkInvariants() ?? [], []);
  assert.deepEqual(report.problems, []);
  return report;
}

/** Faults of LRU by a list that is searched. */
function naiveLru(list: readonly number[], frames: number): number {
  const memory: number[] = [];
  let faults = 0;
  for (const page of list) {
    const at = memory.lastIndexOf(page);
    if (at >= 0) memory.splice(at, 1);
    else if (++faults && memory.length === frames) memory.shift();
    memory.push(page);
  }
  return faults;
}

describe("replaying memory references", () => {
  it("sees all references of a recorded program", () => {
    const { references, counts } = replay(trace, null, "");
    const count = (kind: string): number => lines.filter((line) => line.kind === kind).length;
    assert.equal(references, lines.length);
    assert.deepEqual(counts, { executes: count("I"), reads: count("L"), writes: count("S"), modifies: count("M") });
  });

  it("counts in each cache what a naive restatement counts", () => {
    const text =
      "L1i 4KiB ways=2 kind=instruction; L1d 2KiB ways=4 kind=data; L2 16KiB ways=8 policy=fifo; latency memory=70";
    const declared = readCacheText(text);
    if ("message" in declared) throw new Error(declared.message);
    const naive = new NaiveCaches(declared.caches, 70);
    const kinds = { I: "execute", L: "read", S: "write", M: "modify" } as const;
    for (const { kind, address, size } of lines) naive.access(address, size, kinds[kind as keyof typeof kinds]);
    const { caches, totals } = replay(trace, null, text);
    for (const { options, counts } of naive.caches) {
      const { missRatio, ...found } = caches[options.name];
      assert.deepEqual(found, counts);
      assert.equal(missRatio, counts.misses / counts.accesses);
    }
    assert.equal(totals?.cycles, naive.cycles);
    assert.equal(totals.memoryWrites, naive.memoryWrites);
  });

  for (const frames of [4, 20, 64]) {
    it(`faults with ${frames} frames as LRU and OPT must`, () => {
      assert.equal(replay(trace, `frames=${frames} replacement=lru`, "").vm?.faults, naiveLru(pages, frames));
      const future = new Future(pages);
      const least = optCurve(pages, frames).faults(frames);
      assert.equal(replay(trace, `frames=${frames} replacement=opt`, "", future).vm?.faults, least);
    });
  }

  it("walks on a miss in the lookaside buffer and waits for the disk at a fault", () => {
    const report = replay(
      bytesOf("1 1 2 1 w 1\n3 1"),
      "frames=3 replacement=lru tlb=1 table=radix levels=2 page=64 pages=256",
      "L1 1KiB latency=2; latency memory=50 disk=1000",
      null,
      null,
      ref,
    );
    // The tables take two of the frames: one is left for the pages, of which each evicts the one before.
    assert.equal(report.vm?.faults, 5);
    assert.equal(report.vm.tlbMisses, report.totals!.walkAccesses / 2);
    assert.equal(report.vm.faults, report.totals!.pageFaults);
    const { accesses, misses, walkAccesses, pageFaults, cycles } = report.totals!;
    assert.equal(cycles, accesses * 2 + misses * 50 + walkAccesses * 50 + pageFaults * 1000);
  });

  it("tells each reference, and each refused page once", () => {
    const told: string[] = [];
    const report = replay(
      bytesOf("0 1 w 0 99 99 2"),
      "frames=2 replacement=fifo pages=16",
      "L1 1KiB latency=1; latency memory=10 disk=100",
      null,
      ({ step, physical, faulted, evicted, cycles }) =>
        told.push(`${step}: ${physical ?? "-"}${faulted ? " fault" : ""} ${evicted ?? "-"} ${cycles}`),
      ref,
    );
    assert.deepEqual(told, [
      "1: 0 fault - 121",
      "2: 4096 fault - 121",
      "3: 0 - 11",
      "4: - fault - 0",
      "5: - fault - 0",
      "6: 0 fault 0 111",
    ]);
    assert.equal(report.refusedCount, 2);
    assert.deepEqual(
      report.refused.map((each) => `${each.line}: ${refusedReferenceText(each)}`),
      ["0: reference to 0x63000 (page 99): invalid-page."],
    );
  });

  it("draws curves that agree with runs", () => {
    const collector = new PageCollector([lackey], 4096);
    collector.feed(trace);
    const collected = collector.finish();
    assert.deepEqual([...collected], pages);
    assert.ok(!collector.isTooLong && pages.length < mostCollected);
    const { sizes, lru, opt, workingSet, references, pages: different } = missCurves(collected);
    assert.equal(references, pages.length);
    assert.equal(different, new Set(pages).size);
    assert.equal(lru[sizes.indexOf(20)], naiveLru(pages, 20));
    assert.equal(opt[sizes.indexOf(20)], optCurve(pages, 20).faults(20));
    assert.equal(lru.at(-1), different);
    assert.equal(workingSet[0].pages, 1);
    for (const power of [1, 64, 256, 4096, 131_072]) assert.ok(workingSet.some(({ window }) => window === power));
  });

  it("has the lookaside buffer that a tlb line says", () => {
    const bytes = bytesOf("1 2 1 3 1\n");
    const hits = (vm: string): number | undefined => replay(bytes, vm, "", null, null, ref).vm?.tlbHits;
    assert.equal(hits("frames=4; tlb 2 policy=fifo"), 1);
    assert.equal(hits("frames=4; tlb 2"), 2);
    assert.equal(hits("frames=4 tlb=2"), 2);
    assert.equal(hits("frames=4 tlb=64; tlb 2 ways=1"), 1);
  });

  it("counts faults and hits of the exercise with 256 frames and 16 entries as a list of pages and a queue do", () => {
    const random = new MersenneTwister(7);
    const addresses = Array.from({ length: 1000 }, () => random.below(65_536));
    const queue: number[] = [];
    let found = 0;
    for (const page of addresses.map((address) => address >> 8)) {
      if (queue.includes(page)) found++;
      else if (queue.push(page) > 16) queue.shift();
    }
    const bytes = bytesOf(`${addresses.join("\n")}\n`);
    const { vm } = replay(bytes, "page=256 frames=256; tlb 16 policy=fifo", "", null, null, ...referenceFormats);
    assert.equal(vm?.faults, new Set(addresses.map((address) => address >> 8)).size);
    assert.equal(vm.tlbHits, found);
  });

  it("says what cannot be declared", () => {
    for (const [text, sentence] of [
      ["L1 100B", /100 bytes do not divide/],
      ["L1", /./],
      ["L1 4KiB colour=red", /colour/],
    ] as const) {
      const declared = readCacheText(text);
      assert.match("message" in declared ? declared.message : "", sentence);
    }
    for (const [text, sentence] of [
      ["frames=0", /`frames=` is 0/],
      ["frames=4 tlb=2 policy=fifo", /`policy=` belongs to the lookaside buffer/],
      ["frames=4; tlb 4 ways=3", /4 entries do not divide/],
      ["frames=4; tlb", /./],
      ["frames=4; cache L1", /After a semicolon comes `tlb ENTRIES`/],
    ] as const) {
      const vm = readVmText(text);
      assert.match("message" in vm ? vm.message : "", sentence);
    }
  });
});
