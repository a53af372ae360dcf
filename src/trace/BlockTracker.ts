import { nullBlock, operationKind } from "./operations";
import type { TraceRefusal } from "./refusals";

/** What one operation of a trace does to a heap, once it is known which blocks live. */
export const trackedAction = { none: 0, allocate: 1, reallocate: 2, free: 3 } as const;

/** From addresses or ids to 32-bit integers. A replay brings one that is made for addresses. */
export interface SlotMap {
  /** The value stored for the block, or `absent`. */
  get(block: number, absent: number): number;
  set(block: number, value: number): void;
}

/** Largest line that a map's 32-bit value can hold for a freed block. */
const lastStoredLine = 0x7fff_fffd;

/**
 * Follows which of a trace's blocks are live and gives each a slot, a small number that is used again after the free.
 * `follow` leaves its result in the public fields, so that a million operations allocate nothing.
 */
export class BlockTracker {
  /** One of {@link trackedAction}. */
  action: number = trackedAction.none;
  /** The slot of the block that the action is about. */
  slot = -1;
  /** Slot of a live block that the trace hands out again without a free: it must be freed before the action; else -1. */
  released = -1;
  /** Why the operation cannot be followed as recorded; null when it can. */
  refusal: TraceRefusal | null = null;

  /** Requested bytes by slot; -1 for a slot without a live block. */
  private readonly sizes: number[] = [];
  private readonly sites: number[] = [];
  private readonly lines: number[] = [];
  private readonly unused: number[] = [];
  /** Live blocks. */
  live = 0;

  /** `slots` takes each block's address or id to its slot, or to -2 - (0-based line) of its free; never the null block. */
  constructor(private readonly slots: SlotMap = new PlainSlotMap()) {}

  /** Slots ever used. */
  get slotCount(): number {
    return this.sizes.length;
  }
  /** Requested bytes, -1 when no block lives in the slot. */
  sizeOf(slot: number): number {
    return this.sizes[slot] ?? -1;
  }
  /** Index of the allocation site, -1 when the trace has none. */
  siteOf(slot: number): number {
    return this.sites[slot] ?? -1;
  }
  /** 0-based line of the trace that allocated or last resized the block. */
  lineOf(slot: number): number {
    return this.lines[slot] ?? -1;
  }

  /** Takes one operation, its numbers as in an `OperationBatch`. */
  follow(kind: number, block: number, old: number, size: number, site: number, line: number): void {
    this.action = trackedAction.none;
    this.slot = -1;
    this.released = -1;
    this.refusal = null;
    if (block === nullBlock || kind === operationKind.failed) return;
    if (kind === operationKind.free) this.free(block, line);
    else if (kind === operationKind.allocate) this.allocate(block, size, site, line);
    else this.reallocate(block, old, size, site, line);
  }

  private free(block: number, line: number): void {
    const slot = this.slots.get(block, -1);
    if (slot < 0) {
      this.refusal = whyDead(slot, true);
      return;
    }
    this.action = trackedAction.free;
    this.slot = slot;
    this.end(block, slot, line);
  }

  private allocate(block: number, size: number, site: number, line: number): void {
    this.release(block, line);
    const slot = this.unused.pop() ?? this.sizes.length;
    this.action = trackedAction.allocate;
    this.slot = slot;
    this.sites[slot] = site;
    this.begin(block, slot, size, line);
    this.live++;
  }

  private reallocate(block: number, old: number, size: number, site: number, line: number): void {
    const slot = this.slots.get(old, -1);
    if (slot < 0) {
      this.allocate(block, size, site, line);
      // Malloc-lab traces name blocks by ids, and a resize may begin an id there; an address must be known.
      if (block !== old) this.refusal ??= whyDead(slot, false);
      return;
    }
    if (size === 0) {
      this.free(old, line);
      return;
    }
    if (block !== old) {
      this.release(block, line);
      this.slots.set(old, deadAt(line));
    }
    this.action = trackedAction.reallocate;
    this.slot = slot;
    if (site !== -1) this.sites[slot] = site;
    this.begin(block, slot, size, line);
  }

  private begin(block: number, slot: number, size: number, line: number): void {
    this.sizes[slot] = size;
    this.lines[slot] = line;
    this.slots.set(block, slot);
  }

  private end(block: number, slot: number, line: number): void {
    this.sizes[slot] = -1;
    this.unused.push(slot);
    this.slots.set(block, deadAt(line));
    this.live--;
  }

  /** Ends a block that still lives where the trace puts a new one. */
  private release(block: number, line: number): void {
    const slot = this.slots.get(block, -1);
    if (slot < 0) return;
    this.refusal = { kind: "still-live", line: this.lineOf(slot) };
    this.released = slot;
    this.end(block, slot, line);
  }
}

class PlainSlotMap implements SlotMap {
  private readonly values = new Map<number, number>();

  get(block: number, absent: number): number {
    return this.values.get(block) ?? absent;
  }
  set(block: number, value: number): void {
    this.values.set(block, value);
  }
}

function deadAt(line: number): number {
  return -2 - Math.min(line, lastStoredLine);
}

/** By what the slot map says of a block that is not live. */
function whyDead(slot: number, isFree: boolean): TraceRefusal {
  return slot === -1 ? { kind: "never-allocated", isFree } : { kind: "already-freed", isFree, line: -2 - slot };
}
