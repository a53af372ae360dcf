import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { EventLog } from "../../../../src/engine/events";
import {
  type ReplacementName,
  createPolicy,
  defaultReplacementOptions,
} from "../../../../src/engine/replacement/createPolicy";
import { Future } from "../../../../src/engine/replacement/Future";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";
import type { AddressSpace } from "../../../../src/engine/vm/AddressSpace";
import { pageFlags } from "../../../../src/engine/vm/contract";
import { virtualMemoryOptions } from "../../../../src/engine/vm/defaults";
import { resolveShape } from "../../../../src/engine/vm/tableFormats";
import { VirtualMemory } from "../../../../src/engine/vm/VirtualMemory";
import { walkSv39, walkX86, type WalkResult } from "./hardwareWalk";

const formats = [
  { name: "x86-64", levels: 4, top: 2 ** 34 },
  { name: "x86-64-5", levels: 5, top: 2 ** 40 },
  { name: "sv39", levels: 3, top: 2 ** 25 },
] as const;
type Format = (typeof formats)[number];

function makeMemory({ name, levels }: Format, frames: number, policy: ReplacementName | null): VirtualMemory {
  const shape = resolveShape({ pageSize: 4096, frames, pages: null, format: name, levels, entryBytes: null });
  if (shape.kind === "bad") throw new Error(shape.refusal.kind);
  const { format, pages } = shape;
  const random = new MersenneTwister(1);
  const future = new Future([]);
  return new VirtualMemory(
    virtualMemoryOptions({ frames, pages, format, demand: policy !== null }),
    new EventLog(),
    policy && ((pager) => createPolicy(policy, pager, { ...defaultReplacementOptions(frames), random, future })),
  );
}

/** What the tables in memory say about a page of a space. */
function walk(memory: VirtualMemory, format: Format, space: AddressSpace, vpn: number): WalkResult | null {
  const root = space.tree.node(0, 0);
  if (root === undefined) return null;
  const address = vpn * 4096 + 0x123;
  return format.name === "sv39"
    ? walkSv39(memory.physical, root.frame, address)
    : walkX86(memory.physical, root.frame, address, format.levels);
}

/** Compares what memory says about some pages of every space with what the engine knows, and the tables found with those counted. */
function check(memory: VirtualMemory, format: Format, pages: readonly number[]): void {
  assert.deepEqual(memory.checkInvariants(), []);
  const { mappings } = memory.pager;
  const tables = new Set<number>();
  for (const space of memory.spaces) {
    for (const vpn of pages) {
      const found = walk(memory, format, space, vpn);
      const id = space.mappingOf(vpn);
      const flags = id < 0 ? 0 : mappings.flags[id];
      const permitsNothing = format.name === "sv39" && (flags & 7) === 0;
      if (id < 0 || mappings.frame[id] < 0 || permitsNothing) {
        assert.equal(found, null, `page ${vpn} of ${space.name}`);
        continue;
      }
      const has = (flag: number): boolean => (flags & flag) !== 0;
      for (const table of found?.tables ?? []) tables.add(table);
      assert.deepEqual(found, {
        physical: mappings.frame[id] * 4096 + (vpn - mappings.vpn[id]) * 4096 + 0x123,
        write: has(pageFlags.write) && !has(pageFlags.copyOnWrite),
        execute: has(pageFlags.execute),
        read: has(pageFlags.read),
        user: has(pageFlags.user),
        accessed: has(pageFlags.accessed),
        dirty: has(pageFlags.dirty),
        global: has(pageFlags.global),
        size: 4096 * 2 ** mappings.order[id],
        tables: found?.tables,
      });
    }
  }
  for (const frame of tables) assert.ok(memory.pager.frames.isTable(frame), `frame ${frame} is walked as a table`);
}

const operation = fc.record({
  kind: fc.constantFrom("map", "map", "map", "unmap", "protect", "read", "write", "write", "fork", "switch", "exit"),
  page: fc.nat(11),
  /** Pages of 4 KiB, 2 MiB and 1 GiB. */
  order: fc.constantFrom(0, 0, 0, 0, 9, 9, 18),
  flags: fc.nat(15),
  global: fc.boolean(),
  shared: fc.boolean(),
  process: fc.constantFrom("main", "a", "b"),
});

function run(memory: VirtualMemory, format: Format, pages: readonly number[], steps: readonly Step[], huge: boolean) {
  for (const { kind, page, order, flags, global, shared, process } of steps) {
    const vpn = pages[page % pages.length];
    const rights = flags | (global ? pageFlags.global : 0) | (shared ? pageFlags.shared : 0);
    if (kind === "map") memory.map(vpn - (huge ? vpn % 2 ** order : 0), rights, undefined, huge ? order : 0);
    else if (kind === "unmap") memory.unmap(vpn);
    else if (kind === "protect") memory.protect(vpn, flags);
    else if (kind === "read" || kind === "write") memory.access(vpn * 4096, kind);
    else if (kind === "fork") memory.fork(process);
    else if (kind === "switch") memory.switchTo(process);
    else memory.exitSpace(process);
    check(memory, format, pages);
  }
}
type Step = typeof operation extends fc.Arbitrary<infer T> ? T : never;
const steps = fc.array(operation, { minLength: 1, maxLength: 40, size: "max" });

describe("page-table walks by the bytes of memory alone", () => {
  for (const format of formats) {
    const { name, top } = format;
    const pages = [0, 1, 511, 512, 513, 5000, 2 ** 18 - 1, 2 ** 18, 2 ** 18 + 700, top, top + 511, top + 2 ** 18];

    it(`${name}: pages of three sizes, copied on write`, () => {
      fc.assert(
        fc.property(steps, (list) => run(makeMemory(format, 5 * 2 ** 18, null), format, pages, list, true)),
        { numRuns: 15 },
      );
    });

    for (const policy of ["clock", "aging", "wsclock", "enhanced-clock"] as const)
      it(`${name}: pages that ${policy} evicts, tables that take frames`, () => {
        fc.assert(
          fc.property(fc.integer({ min: 2, max: 24 }), steps, (frames, list) => {
            run(makeMemory(format, frames, policy), format, pages, list, false);
          }),
          { numRuns: 40 },
        );
      });
  }

  it("marks every table below the root as used on the way to a page that was used", () => {
    for (const format of formats.slice(0, 2)) {
      const memory = makeMemory(format, 64, null);
      memory.map(format.top + 3, 11);
      const entryOf = (level: number): number => memory.tables.entryAddress(memory.current, format.top + 3, level);
      const used = (level: number): boolean => (memory.physical.get(entryOf(level)) & 0x20) !== 0;
      const levels = Array.from({ length: format.levels }, (_, level) => level);
      assert.deepEqual(
        levels.map(used),
        levels.map(() => false),
      );
      memory.access((format.top + 3) * 4096, "read");
      assert.deepEqual(
        levels.map(used),
        levels.map(() => true),
      );
    }
  });

  it("x86-64: the words of a page, a huge page and a table, digit by digit", () => {
    const memory = makeMemory(formats[0], 4096, null);
    const word = (vpn: number, level: number): string =>
      memory.physical
        .getInteger(memory.tables.entryAddress(memory.current, vpn, level) + 4, 4)
        .toString(16)
        .padStart(8, "0") +
      memory.physical
        .getInteger(memory.tables.entryAddress(memory.current, vpn, level), 4)
        .toString(16)
        .padStart(8, "0");
    memory.map(5, pageFlags.read | pageFlags.write | pageFlags.user, 0x123);
    assert.equal(word(5, 3), "8000000000123007");
    memory.access(5 * 4096, "write");
    assert.equal(word(5, 3), "8000000000123067");
    memory.map(512, pageFlags.read | pageFlags.execute | pageFlags.global, 0x400, 9);
    assert.equal(word(512, 2), "0000000000400181");
    // The root took the highest frame, the tables below it the next ones.
    assert.equal(word(5, 0), "0000000000ffe027");
    assert.equal(word(5, 2), "0000000000ffc027");
  });
});
