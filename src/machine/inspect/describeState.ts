import { toHex } from "../../engine/address";
import type { BlockState } from "../../engine/heap/contract";
import type { Slab } from "../../engine/slab/contract";
import type { MachineState } from "../run/MachineState";
import { describeStructure, type StructureData } from "./describeStructure";
import { describeVm, type VmData } from "./describeVm";

/** Plain data for `--state`: addresses are hexadecimal strings, lines count from 1. */
export interface StateData {
  readonly heaps: Readonly<Record<string, HeapData>>;
  readonly vm: VmData | null;
  readonly pools: Readonly<Record<string, PoolData>>;
  readonly caches: Readonly<Record<string, { readonly lines: readonly CacheLineData[] }>>;
}

export interface HeapData {
  /** In address order; sizes include header and footer. */
  readonly blocks: readonly BlockData[];
  /** In list order. */
  readonly freeList: readonly { readonly addr: string; readonly size: number }[];
  readonly structure: StructureData;
}

export interface BlockData {
  readonly addr: string;
  readonly size: number;
  /** Address of the first byte after the header and the red zone. */
  readonly payload: string;
  /** Bytes asked for; 0 for free blocks. */
  readonly requested: number;
  readonly state: BlockState;
  readonly handle: string | null;
  readonly line: number | null;
}

export interface PoolData {
  readonly kind: "pool" | "slab";
  /** In address order. */
  readonly blocks: readonly PoolBlockData[];
  /** Of slab caches, in address order. */
  readonly slabs?: readonly SlabData[];
}

export interface SlabData {
  readonly index: number;
  readonly addr: string;
  readonly state: "empty" | "partial" | "full";
  readonly used: number;
  /** Bytes by which its objects are shifted. */
  readonly colour: number;
}

export interface PoolBlockData {
  readonly index: number;
  readonly addr: string;
  readonly size: number;
  readonly state: "used" | "free";
  readonly handle: string | null;
  readonly line: number | null;
}

/** A line that a cache has. */
export interface CacheLineData {
  readonly set: number;
  readonly way: number;
  /** Physical address of its first byte. */
  readonly addr: string;
  readonly dirty: boolean;
}

/** The whole memory as plain data, equal for equal states. */
export function describeState(state: MachineState): StateData {
  const heaps: Record<string, HeapData> = {};
  for (const [name, heap] of state.heaps) {
    const blocks = [...heap.blocks()].map((block) => ({
      addr: toHex(block.address),
      size: block.size,
      payload: toHex(block.payload),
      requested: block.requested,
      state: block.state,
      ...ownerOf(state, block.owner),
    }));
    const freeList = [...heap.freeList()].map(({ address, size }) => ({ addr: toHex(address), size }));
    heaps[name] = { blocks, freeList, structure: describeStructure(heap.structure()) };
  }
  const pools: Record<string, PoolData> = {};
  for (const [name, pool] of state.pools) {
    const blocks = [...pool.blocks()].map((block) => ({
      index: block.index,
      addr: toHex(block.address),
      size: block.size,
      state: block.state,
      ...ownerOf(state, block.owner),
    }));
    pools[name] = {
      kind: pool.kind,
      blocks,
      ...(pool.kind === "slab" ? { slabs: [...pool.slabs()].map(slabData) } : {}),
    };
  }
  const caches: Record<string, { lines: CacheLineData[] }> = {};
  for (const cache of state.caches?.caches ?? []) {
    const lines = Array.from(cache.entries(), ({ address, ...line }) => ({ ...line, addr: toHex(address) }));
    caches[cache.options.name] = { lines };
  }
  return { heaps, vm: state.vm === null ? null : describeVm(state.vm), pools, caches };
}

function slabData({ index, address, state, used, colour }: Slab): SlabData {
  return { index, addr: toHex(address), state, used, colour };
}

function ownerOf(state: MachineState, owner: number): { readonly handle: string | null; readonly line: number | null } {
  const allocation = owner < 0 ? undefined : state.allocation(owner);
  return { handle: allocation?.handle ?? null, line: allocation === undefined ? null : allocation.line + 1 };
}
