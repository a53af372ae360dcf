/**
 * `caches.js replay|caches|vm FILE`: million references a second of a lackey trace, text included, through lookaside
 * buffer, page table and three levels of caches, or a part of them. `caches.js translate|map PAGES`: nanoseconds of a translation.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { EventLog } from "../../../src/engine/events";
import { virtualMemoryOptions } from "../../../src/engine/vm/defaults";
import { pageFlags } from "../../../src/engine/vm/contract";
import { VirtualMemory } from "../../../src/engine/vm/VirtualMemory";
import { readCacheText, readVmText } from "../../../src/machine/replay/declarations";
import { lackey } from "../../../src/trace/formats/lackey";
import { ReferenceReplay } from "../../../src/machine/replay/ReferenceReplay";
import { median } from "../statistics";
import { tell } from "../workerProcess";
import { seededRandom } from "../workloads/Workload";

const vmText = "frames=256 replacement=lru tlb=64 table=x86-64";
const cacheText = "L1i 32KiB kind=instruction; L1d 32KiB kind=data; L2 256KiB; L3 8MiB ways=16";

/** Runs until it is warm, then five times; what one run gives. */
function measure(run: () => number): number {
  const results: number[] = [];
  const start = process.hrtime.bigint();
  while (results.length < 5) {
    const isWarm = process.hrtime.bigint() - start > 300_000_000n;
    const result = run();
    if (isWarm) results.push(result);
  }
  return median(results);
}

function timed(work: () => void): number {
  const began = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - began);
}

function replay(what: string, file: string): number {
  const bytes = gunzipSync(readFileSync(file));
  const vm = what === "caches" ? null : readVmText(vmText);
  const caches = readCacheText(what === "vm" ? "" : cacheText);
  if ((vm !== null && "message" in vm) || "message" in caches) throw new Error("The bench declares what cannot be.");
  return measure(() => {
    const run = new ReferenceReplay({ formats: [lackey], vm, ...caches });
    const nanoseconds = timed(() => {
      for (let at = 0; at < bytes.length; at += 65_536) run.feed(bytes.subarray(at, at + 65_536));
    });
    return (run.references / nanoseconds) * 1000;
  });
}

/** The page table that everybody writes first. */
class NaiveTable {
  hits = 0;
  faults = 0;
  private readonly entries = new Map<number, { readonly frame: number; readonly flags: number; accessed: boolean }>();

  map(page: number, frame: number): void {
    this.entries.set(page, { frame, flags: pageFlags.read | pageFlags.write, accessed: false });
  }

  translate(address: number): number {
    const entry = this.entries.get(Math.floor(address / 4096));
    if (entry === undefined || (entry.flags & pageFlags.read) === 0) {
      this.faults++;
      return -1;
    }
    this.hits++;
    entry.accessed = true;
    return entry.frame * 4096 + (address % 4096);
  }
}

function translation(kind: string, pages: number): number {
  const random = seededRandom(5);
  const addresses = Float64Array.from({ length: 1_000_000 }, () => Math.floor(random() * pages * 4096));
  const log = new EventLog();
  const vm = new VirtualMemory(virtualMemoryOptions({ frames: pages, bytes: false }), log);
  const naive = new NaiveTable();
  for (let page = 0; page < pages; page++) {
    vm.map(page, pageFlags.read | pageFlags.write, page);
    naive.map(page, page);
  }
  const ours = (): number => {
    let sum = 0;
    for (let k = 0; k < addresses.length; k++) sum += vm.touch(addresses[k], "read");
    return sum;
  };
  const theirs = (): number => {
    let sum = 0;
    for (let k = 0; k < addresses.length; k++) sum += naive.translate(addresses[k]);
    return sum;
  };
  const translateAll = kind === "map" ? theirs : ours;
  const checked = (): void => {
    if (translateAll() < 0) throw new Error("A translation failed.");
  };
  return measure(() => timed(checked) / addresses.length);
}

const [what, operand] = process.argv.slice(2);
tell(what === "translate" || what === "map" ? translation(what, Number(operand)) : replay(what, operand));
