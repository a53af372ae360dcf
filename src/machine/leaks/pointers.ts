import type { ByteStoreContract } from "../../engine/bytes/contract";
import type { Allocation } from "../contract";
import type { World } from "../state/World";

const wordBytes = 8;

/** The live blocks of a world by address, for looking up where a word of memory leads. */
export class LiveBlocks {
  /** In address order. */
  readonly blocks: readonly Allocation[];
  private readonly starts: Float64Array;
  private readonly indices: ReadonlyMap<number, number>;
  private readonly low: number;
  private readonly high: number;

  constructor(allocations: Iterable<Allocation>) {
    this.blocks = [...allocations].sort((a, b) => a.address - b.address);
    this.starts = Float64Array.from(this.blocks, ({ address }) => address);
    this.indices = new Map(this.blocks.map(({ id }, index) => [id, index]));
    const last = this.blocks.at(-1);
    this.low = this.blocks.at(0)?.address ?? 0;
    this.high = last === undefined ? 0 : last.address + last.requested;
  }

  /** The index of an allocation, -1 when it is not live. */
  indexOf(id: number): number {
    return this.indices.get(id) ?? -1;
  }

  /** The index of the block whose bytes hold the address, or -1. O(log n). */
  indexAt(address: number): number {
    if (!(address >= this.low && address < this.high)) return -1;
    let from = 0;
    let to = this.blocks.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.starts[middle] <= address) from = middle + 1;
      else to = middle;
    }
    const block = this.blocks[from - 1];
    return address < block.address + block.requested ? from - 1 : -1;
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
