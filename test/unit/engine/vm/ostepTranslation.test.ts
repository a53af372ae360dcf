import * as assert from "node:assert/strict";
import { EventLog } from "../../../../src/engine/events";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";
import { pageFlags, type VirtualMemoryOptions } from "../../../../src/engine/vm/contract";
import { virtualMemoryOptions } from "../../../../src/engine/vm/defaults";
import type { Segment } from "../../../../src/engine/vm/segments";
import { resolveShape } from "../../../../src/engine/vm/tableFormats";
import { VirtualMemory } from "../../../../src/engine/vm/VirtualMemory";

const all = pageFlags.read | pageFlags.write | pageFlags.execute | pageFlags.user;
const configurations = 300;

function makeMemory(options: Partial<VirtualMemoryOptions>): VirtualMemory {
  return new VirtualMemory(virtualMemoryOptions(options), new EventLog());
}

/** An address space that goes through segments alone. */
function segmented(space: number, memoryBytes: number, segments: readonly Segment[]): VirtualMemory {
  const memory = makeMemory({ pageSize: 1, frames: memoryBytes, pages: space, paging: false, segmentSpace: space });
  memory.setSegments(segments);
  return memory;
}

function segment(name: string, base: number, limit: number, growsDown: boolean): Segment {
  return { name, base, limit, growsDown, flags: all };
}

describe("OSTEP's translators", () => {
  it("linear page tables: entries, addresses and invalid pages", () => {
    for (let seed = 0; seed < configurations; seed++) {
      const random = new MersenneTwister(seed);
      const pageSize = 2 ** (5 + random.below(8));
      const pages = 2 ** (1 + random.below(6));
      const frames = pages * (2 + random.below(4));
      const used = random.below(101);
      const memory = makeMemory({ pageSize, pages, frames });
      const table: number[] = [];
      const taken = new Set<number>();
      for (let vpn = 0; vpn < pages;) {
        if (random.next() * 100 <= 100 - used) {
          table[vpn++] = 0;
          continue;
        }
        const frame = random.below(frames);
        if (taken.has(frame)) continue;
        taken.add(frame);
        table[vpn] = 0x80000000 + frame;
        assert.equal(memory.map(vpn, all, frame).reason, "none");
        vpn++;
      }
      for (let vpn = 0; vpn < pages; vpn++) {
        const id = memory.current.mappingOf(vpn);
        assert.equal(id < 0 ? 0n : memory.tables.wordOf(id), BigInt(table[vpn]));
      }
      for (let count = 0; count < 20; count++) {
        const address = random.below(pages * pageSize);
        const vpn = Math.floor(address / pageSize);
        const isValid = table[vpn] >= 0x80000000;
        const physical = (table[vpn] - 0x80000000) * pageSize + (address % pageSize);
        const expected = isValid ? { reason: "none", vpn, physical } : { reason: "page-fault", vpn };
        assert.deepEqual(memory.translate(address), expected);
      }
      // The original crashes on an address beyond the end.
      assert.equal(memory.translate(pages * pageSize).reason, "invalid-page");
    }
  });

  it("two-level page tables of one-byte entries, walked by hand through the bytes of memory", () => {
    const shape = resolveShape({ pageSize: 32, frames: 128, pages: 1024, format: "radix", levels: 2, entryBytes: 1 });
    assert.ok(shape.kind === "good");
    let directoryFaults = 0;
    let tableFaults = 0;
    let translated = 0;
    for (let seed = 0; seed < configurations; seed++) {
      const random = new MersenneTwister(seed);
      const memory = makeMemory({ pageSize: 32, pages: 1024, frames: 128, format: shape.format });
      const allocated = random.below(80);
      const known = new Map<number, number>();
      while (known.size < allocated) {
        // Few directories, so that both kinds of faults are met.
        const vpn = 128 * random.below(8) + random.below(64);
        const frame = random.below(64);
        if (known.has(vpn) || [...known.values()].includes(frame)) {
          if (known.size >= 60) break;
          continue;
        }
        if (memory.map(vpn, all, frame).reason !== "none") break;
        known.set(vpn, frame);
        memory.physical.setInteger(frame * 32 + random.below(32), 1, random.below(31));
      }
      const byte = (address: number): number => memory.physical.get(address);
      const base = memory.current.tree.node(0, 0)?.frame;
      if (base === undefined) continue;
      for (let count = 0; count < 40; count++) {
        const vpns = [...known.keys()];
        const vpn = random.below(2) === 0 && vpns.length > 0 ? vpns[random.below(vpns.length)] : random.below(1024);
        const address = vpn * 32 + random.below(32);
        const outcome = memory.translate(address);
        const directoryEntry = byte(base * 32 + (address >> 10));
        if ((directoryEntry & 0x80) === 0) {
          assert.equal(directoryEntry, 0x7f);
          assert.equal(memory.tables.entryAddress(memory.current, vpn, 1), -1);
          assert.equal(outcome.reason, "page-fault");
          directoryFaults++;
          continue;
        }
        const tableEntry = byte((directoryEntry & 0x7f) * 32 + ((address >> 5) & 31));
        if ((tableEntry & 0x80) === 0) {
          assert.equal(tableEntry, 0x7f);
          assert.equal(outcome.reason, "page-fault");
          tableFaults++;
          continue;
        }
        const physical = ((tableEntry & 0x7f) << 5) | (address & 31);
        assert.deepEqual(outcome, { reason: "none", vpn, physical });
        assert.equal(tableEntry & 0x7f, known.get(vpn));
        assert.deepEqual(memory.peek(address, 1), Uint8Array.of(byte(physical)));
        translated++;
      }
    }
    assert.ok(directoryFaults > 1000 && tableFaults > 100 && translated > 1000);
  });

  it("segmentation: two segments, the second of which grows down", () => {
    let violations = 0;
    for (let seed = 0; seed < configurations; seed++) {
      const random = new MersenneTwister(seed);
      const space = 16 + random.below(2000);
      const bytes = 2 * space + random.below(10_000);
      const length0 = random.below(Math.floor(space / 2) + 1);
      const length1 = random.below(Math.floor(space / 2) + 1);
      const base0 = random.below(bytes - length0);
      const top1 = length1 + random.below(bytes - length1);
      const memory = segmented(space, bytes, [
        segment("SEG0", base0, length0, false),
        segment("SEG1", top1, length1, true),
      ]);
      for (let count = 0; count < 30; count++) {
        const address = random.below(space);
        const isSecond = address >= space / 2;
        const physical = isSecond ? top1 + (address - space) : base0 + address;
        const isValid = isSecond ? physical >= top1 - length1 : address < length0;
        const outcome = memory.access(address, "read");
        if (isValid) assert.equal(outcome.reason === "none" && outcome.physical, physical);
        else {
          violations++;
          assert.equal(outcome.reason === "segment-violation" && outcome.index, isSecond ? 1 : 0);
        }
      }
      assert.equal(memory.access(space, "read").reason, "segment-violation");
    }
    assert.ok(violations > 1000);
  });

  it("base and bounds: one segment", () => {
    for (let seed = 0; seed < configurations; seed++) {
      const random = new MersenneTwister(seed);
      const space = 2 ** (5 + random.below(8));
      const bytes = space * (2 + random.below(8));
      const limit = 1 + random.below(space);
      const base = random.below(bytes - limit);
      const memory = segmented(space, bytes, [segment("all", base, limit, false)]);
      for (let count = 0; count < 20; count++) {
        const address = random.below(space);
        const outcome = memory.access(address, "write");
        if (address >= limit) assert.equal(outcome.reason, "segment-violation");
        else assert.equal(outcome.reason === "none" && outcome.physical, base + address);
      }
    }
  });

  it("segments over pages: linear addresses that begin anywhere, read back as one run of bytes", () => {
    for (let seed = 0; seed < configurations; seed++) {
      const random = new MersenneTwister(seed);
      const pages = 16;
      const pageSize = 16;
      const memory = makeMemory({ pageSize, pages, frames: 32, segmentSpace: 128 });
      for (let vpn = 0; vpn < pages; vpn++) memory.map(vpn, all, 31 - vpn);
      const limit = 1 + random.below(63);
      const base = random.below(pages * pageSize - limit);
      const top = limit + random.below(pages * pageSize - limit);
      memory.setSegments([segment("up", base, limit, false), segment("down", top, limit, true)]);
      const linear = Array.from({ length: pages * pageSize }, () => random.below(256));
      linear.forEach((value, at) => {
        memory.physical.set((31 - Math.floor(at / pageSize)) * pageSize + (at % pageSize), value);
      });
      const start = random.below(limit);
      const length = 1 + random.below(40);
      assert.deepEqual(
        memory.peek(start, length),
        Uint8Array.from(linear.slice(base + start, base + Math.min(limit, start + length))),
      );
      const low = top - limit + start;
      const shown = Uint8Array.from(linear.slice(low, Math.min(top, low + length)));
      assert.deepEqual(memory.peek(128 - limit + start, length), shown);
    }
  });
});
