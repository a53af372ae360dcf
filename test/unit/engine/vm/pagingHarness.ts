import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { asPageNumber, asPhysicalAddress } from "../../../../src/engine/address";
import { EventLog } from "../../../../src/engine/events";
import type { FrameBits, ReplacementPolicy } from "../../../../src/engine/replacement/contract";
import {
  type ReplacementName,
  createPolicy,
  defaultReplacementOptions,
} from "../../../../src/engine/replacement/createPolicy";
import { Future } from "../../../../src/engine/replacement/Future";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";
import { pageFlags, type AccessKind, type AccessOutcome } from "../../../../src/engine/vm/contract";
import { virtualMemoryOptions } from "../../../../src/engine/vm/defaults";
import type { TlbOptions } from "../../../../src/engine/vm/Tlb";
import { resolveShape } from "../../../../src/engine/vm/tableFormats";
import { VirtualMemory } from "../../../../src/engine/vm/VirtualMemory";
import { inOrder, NaivePaging } from "./NaivePaging";
import { ArrayPolicy } from "./naivePolicies";

/** What a memory is made with. `naive`: the policy is restated over plain arrays as well. */
export interface Setup {
  readonly frames: number;
  readonly levels: number;
  readonly policy: ReplacementName | null;
  readonly naive: boolean;
  readonly demand: boolean;
  readonly allocation: "global" | "local";
  readonly swapSlots: number;
  readonly poolBytes: number;
  readonly tlb: TlbOptions | null;
  readonly window: number;
  /** References go by `touch`, else by `access`. */
  readonly touches: boolean;
}

export interface Operation {
  readonly kind: (typeof operationKinds)[number];
  readonly page: number;
  readonly offset: number;
  readonly frame: number;
  readonly permissions: number;
  readonly shared: boolean;
  readonly global: boolean;
  readonly process: number;
  readonly access: AccessKind;
  readonly byte: number;
}

const pageSize = 4;
const names = ["main", "a", "b", "c"];
const operationKinds = [
  ...["access", "access", "access", "access", "store", "store", "store", "walk", "map", "mapTo", "unmap"],
  ...["protect", "fork", "exit", "switch", "switch", "create", "merge", "save", "restore"],
] as const;

export const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...operationKinds),
    page: fc.nat(6),
    offset: fc.nat(pageSize - 1),
    frame: fc.nat(8),
    permissions: fc.oneof({ weight: 3, arbitrary: fc.constant(11) }, fc.nat(15)),
    shared: fc.boolean(),
    global: fc.boolean(),
    process: fc.nat(names.length - 1),
    access: fc.constantFrom("read" as const, "write" as const, "execute" as const, "read" as const),
    byte: fc.nat(3),
  }),
  { minLength: 1, maxLength: 90, size: "max" },
);

/** Every run of equal bytes becomes two bytes. */
function runLength(bytes: Uint8Array): Uint8Array {
  const packed: number[] = [];
  for (const byte of bytes) {
    if (packed.at(-2) === byte) packed[packed.length - 1]++;
    else packed.push(byte, 1);
  }
  return Uint8Array.from(packed);
}

/** Both memories, which do the same and must agree. */
export class Pair {
  readonly memory: VirtualMemory;
  private naive: NaivePaging;
  private done: Operation[] = [];
  private saved;

  /** @param future of `opt` and `unopt` */
  constructor(
    private readonly setup: Setup,
    private readonly future = new Future([]),
  ) {
    const { frames, levels, policy, tlb, demand, allocation, swapSlots } = setup;
    const pages = levels === 1 ? 6 : 4 ** levels;
    const kind = levels === 1 ? "flat" : "radix";
    const shape = resolveShape({ pageSize, frames, pages, format: kind, levels, entryBytes: levels === 1 ? 4 : 1 });
    if (shape.kind === "bad") throw new Error(shape.refusal.kind);
    const { poolBytes: compressedBytes } = setup;
    const given = {
      pageSize,
      frames,
      pages,
      format: shape.format,
      tlb,
      demand,
      allocation,
      swapSlots,
      compressedBytes,
    };
    this.memory = new VirtualMemory(
      virtualMemoryOptions(given),
      new EventLog(),
      policy && ((pager) => this.makePolicy(policy, pager)),
      runLength,
    );
    this.naive = this.makeNaive();
    this.saved = { snapshot: this.memory.snapshot(), done: [] as Operation[] };
  }

  /** Does an operation on both, and compares all that there is. */
  apply(operation: Operation): void {
    const { memory } = this;
    const { kind, access, process, frame, page, offset, byte, permissions } = operation;
    if (kind === "save") this.saved = { snapshot: memory.snapshot(), done: [...this.done] };
    else if (kind === "restore") {
      memory.restore(this.saved.snapshot);
      this.done = [...this.saved.done];
      this.naive = this.makeNaive();
      for (const earlier of this.done) this.applyNaive(earlier);
    } else {
      const vpn = this.vpnOf(page);
      const address = vpn * pageSize + offset;
      const expected = this.applyNaive(operation);
      this.done.push(operation);
      let actual: unknown;
      if (kind === "access") actual = this.refer(address, access);
      else if (kind === "walk") actual = memory.reference(address);
      else if (kind === "store") {
        const outcome = this.refer(address, "write");
        if (outcome.reason === "none") memory.physical.set(outcome.physical, byte);
        actual = outcome;
      } else if (kind === "map") actual = memory.map(vpn, flagsOf(operation)).reason;
      else if (kind === "mapTo") actual = memory.map(vpn, flagsOf(operation), frame).reason;
      else if (kind === "unmap") actual = memory.unmap(vpn);
      else if (kind === "protect") actual = memory.protect(vpn, permissions);
      else if (kind === "fork") actual = memory.fork(names[process]);
      else if (kind === "exit") actual = memory.exitSpace(names[process]);
      else if (kind === "switch") actual = memory.switchTo(names[process]);
      else if (kind === "create") actual = memory.createSpace(names[process], quotaOf(operation));
      else actual = memory.mergeEqualPages();
      assert.deepEqual(actual, expected);
    }
    this.compare();
  }

  /** A reference in the way that the setup asks for. */
  private refer(address: number, kind: AccessKind): AccessOutcome {
    const { memory } = this;
    if (!this.setup.touches) return memory.access(address, kind);
    const physical = memory.touch(address, kind);
    if (physical < 0) return memory.fault!;
    const { page, faulted, evicted, tlbHit, copied } = memory.touched;
    return {
      reason: "none",
      vpn: asPageNumber(page),
      physical: asPhysicalAddress(physical),
      faulted,
      evicted: evicted < 0 ? null : asPageNumber(evicted),
      evictedFrom: evicted < 0 ? null : memory.pager.evictedSpace,
      tlbHit,
      copied,
    };
  }

  private applyNaive(operation: Operation): unknown {
    const { naive } = this;
    const { kind, page, offset, access, byte, frame, permissions, process } = operation;
    const vpn = this.vpnOf(page);
    switch (kind) {
      case "access":
        return naive.access(vpn, offset, access);
      case "walk":
        return naive.access(vpn, offset, null);
      case "store": {
        const outcome = naive.access(vpn, offset, "write");
        if (outcome["reason"] === "none") naive.store(vpn, offset, byte);
        return outcome;
      }
      case "map":
        return naive.map(vpn, flagsOf(operation), null);
      case "mapTo":
        return naive.map(vpn, flagsOf(operation), frame);
      case "unmap":
        return naive.unmap(vpn);
      case "protect":
        return naive.protect(vpn, permissions);
      case "fork":
        return naive.fork(names[process]);
      case "exit":
        return naive.exit(names[process]);
      case "switch":
        return naive.switchTo(names[process]);
      case "create": {
        if (naive.named(names[process])) return "exists";
        naive.create(names[process], quotaOf(operation));
        return "none";
      }
      case "merge":
        return naive.merge();
      default:
        throw new Error(`${kind} is not for the naive memory`);
    }
  }

  private compare(): void {
    const { memory, naive } = this;
    const { pager } = memory;
    const { mappings } = pager;
    assert.deepEqual(memory.checkInvariants(), []);
    assert.deepEqual(memory.stats(), naive.stats());
    assert.equal(memory.current.name, naive.current.name);
    assert.deepEqual(
      memory.spaces.map(({ name }) => name),
      naive.processes.map(({ name }) => name),
    );
    memory.spaces.forEach((space, index) => {
      const process = naive.processes[index];
      const actual = [...space.mappings()].map((id) => {
        const at = pager.bytesAddress(id);
        return {
          vpn: mappings.vpn[id],
          frame: mappings.frame[id] < 0 ? null : mappings.frame[id],
          slot: mappings.slot[id] < 0 ? null : mappings.slot[id],
          flags: mappings.flags[id],
          bytes: at < 0 ? [0, 0, 0, 0] : [...memory.physical.read(at, pageSize)],
        };
      });
      const expected = inOrder(process).map(({ vpn, frame, slot, flags, wasEvicted, content }) => {
        const mark = frame === null && wasEvicted ? pageFlags.evicted : 0;
        return { vpn, frame, slot, flags: flags | mark, bytes: content.bytes };
      });
      assert.deepEqual(actual, expected, `pages of ${space.name}`);
      if (!this.setup.naive && this.setup.allocation === "local")
        assert.deepEqual(memory.policyOf(space)?.view(), (process.policy as ReplacementPolicy | null)?.view());
    });
    if (!this.setup.naive && this.setup.allocation === "global")
      assert.deepEqual(memory.policy?.view(), (naive.current.policy as ReplacementPolicy | null)?.view());
    const entries = [...(memory.tlb?.entries() ?? [])].map(({ space, vpn }) => `${space}:${vpn}`);
    assert.deepEqual(entries, naive.tlb?.contents() ?? []);
  }

  /** Pages of several tables; the last one lies beyond the address space. */
  private vpnOf(page: number): number {
    const { levels } = this.setup;
    return levels === 1 ? page : Math.floor((page * 4 ** levels) / 6);
  }

  private makePolicy(name: ReplacementName, bits: FrameBits): ReplacementPolicy {
    const { frames, window } = this.setup;
    const { future } = this;
    const random = new MersenneTwister(7);
    return createPolicy(name, bits, {
      ...defaultReplacementOptions(frames),
      window,
      agingInterval: window,
      random,
      future,
    });
  }

  private makeNaive(): NaivePaging {
    const { setup } = this;
    const { policy, naive } = setup;
    return new NaivePaging({
      ...setup,
      pages: setup.levels === 1 ? 6 : 4 ** setup.levels,
      pageSize,
      compress: runLength,
      makePolicy:
        policy &&
        ((bits) =>
          naive && (policy === "fifo" || policy === "lru" || policy === "clock")
            ? new ArrayPolicy(policy, bits)
            : this.makePolicy(policy, bits)),
    });
  }
}

function flagsOf({ permissions, shared, global }: Operation): number {
  return permissions | (shared ? pageFlags.shared : 0) | (global ? pageFlags.global : 0);
}

function quotaOf({ frame }: Operation): number {
  return frame === 0 ? Infinity : frame;
}
