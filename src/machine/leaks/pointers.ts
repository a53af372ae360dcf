import type { Work } from "../../language/coroutines";
import type { ByteStoreContract } from "../../engine/bytes/contract";
import type { Allocation } from "../state/allocation";
import type { Ledger } from "../state/Ledger";
import type { World } from "../state/World";

const wordBytes = 8;
/** Allocations looked at between two yields: a fraction of a millisecond. */
export const allocationsPerTurn = 8192;

/** The live blocks of a world in address order, for looking up where a word of memory leads. */
export class LiveBlocks {
  /** How many there are. */
  readonly length: number;
  /** By index. */
  readonly ids: Int32Array;
  readonly starts: Float64Array;
  readonly sizes: Float64Array;
  /** By allocation: one more than the index, 0 when it is not live. */
  private readonly places: Int32Array;

  private constructor(ledger: Ledger) {
    this.length = ledger.live;
    this.ids = new Int32Array(this.length).fill(-1);
    this.starts = new Float64Array(this.length);
    this.sizes = new Float64Array(this.length);
    this.places = new Int32Array(ledger.length);
  }

  /** O(n log n), with yields. */
  static *of(ledger: Ledger): Work<LiveBlocks> {
    const live = new LiveBlocks(ledger);
    let count = 0;
    for (let id = 0; id < ledger.length; id += allocationsPerTurn) {
      ledger.visitLive(id, id + allocationsPerTurn, (_id, address) => (live.starts[count++] = address));
      yield;
    }
    live.starts.sort();
    yield;
    for (let id = 0; id < ledger.length; id += allocationsPerTurn) {
      ledger.visitLive(id, id + allocationsPerTurn, (each, address, requested) => live.put(each, address, requested));
      yield;
    }
    return live;
  }

  /** Where the first block begins and the last one ends. */
  private get low(): number {
    return this.length === 0 ? 0 : this.starts[0];
  }
  private get high(): number {
    return this.length === 0 ? 0 : this.starts[this.length - 1] + this.sizes[this.length - 1];
  }

  /** The index of an allocation, -1 when it is not live. */
  indexOf(id: number): number {
    return this.places[id] - 1;
  }

  /** The index of the block whose bytes hold the address, or -1. O(log n). */
  indexAt(address: number): number {
    if (!(address >= this.low && address < this.high)) return -1;
    const index = this.startsUpTo(address) - 1;
    return address < this.starts[index] + this.sizes[index] ? index : -1;
  }

  /** Of blocks with one address, as a pool and its first block have, the one allocated first comes first. */
  private put(id: number, address: number, requested: number): void {
    let index = this.startsUpTo(address) - 1;
    while (index > 0 && this.starts[index - 1] === address && this.ids[index - 1] < 0) index--;
    this.ids[index] = id;
    this.sizes[index] = requested;
    this.places[id] = index + 1;
  }

  /** How many blocks begin at or before the address. */
  private startsUpTo(address: number): number {
    const { starts } = this;
    let from = 0;
    let to = starts.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (starts[middle] <= address) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/**
 * Calls `visit` with each aligned word of 8 bytes in the range that was written whole and may be a pointer, as
 * memcheck's leak check does (mc_leakcheck.c, `lc_scan_memory`); null is none, and memory that was never touched costs
 * nothing. `visit` returns true to stop.
 */
export function eachWord(
  store: ByteStoreContract,
  address: number,
  length: number,
  isPointer: (word: number) => boolean,
  visit: (word: number) => boolean,
): boolean {
  for (const [start, end] of store.residentParts(address, length)) {
    const first = Math.ceil(start / wordBytes) * wordBytes;
    if (first + wordBytes > end) continue;
    const data = store.read(first, end - first);
    const view = new DataView(data.buffer);
    for (let at = 0; at + wordBytes <= data.length; at += wordBytes) {
      const word = view.getUint32(at, true) + view.getUint32(at + 4, true) * 0x1_0000_0000;
      if (word === 0 || !isPointer(word) || store.firstUndefined(first + at, wordBytes) !== -1) continue;
      if (visit(word)) return true;
    }
  }
  return false;
}

/** Whether a handle's plain number, a word in a live block or in the vm's memory leads into the block. O(all of them). */
export function isHeldAnywhere(world: World, block: Allocation): boolean {
  const isPointer = (word: number): boolean => word >= block.address && word < block.address + block.requested;
  const stop = (): boolean => true;
  for (const [, { value, allocation }] of world.handles.entries()) if (allocation < 0 && isPointer(value)) return true;
  for (const { region, address, requested } of world.ledger.liveAllocations()) {
    const bytes = world.region(region)?.bytes;
    if (bytes && eachWord(bytes, address, requested, isPointer, stop)) return true;
  }
  return world.vm !== null && eachWord(world.vm.physical, 0, Number.MAX_SAFE_INTEGER, isPointer, stop);
}
