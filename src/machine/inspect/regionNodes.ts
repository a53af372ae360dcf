import type { HeapBlock } from "../../engine/heap/blocks";
import type { HeapReader } from "../../engine/heap/HeapReader";
import type { PoolBlock } from "../../engine/pool/contract";
import type { Slab } from "../../engine/slab/contract";
import type { SlabCacheReader } from "../../engine/slab/SlabCache";
import type { MachineState } from "../run/MachineState";
import type { FixedSizeReader } from "../state/regions";
import { listOf } from "./node";
import { structureFacts } from "./structureFacts";

type Owners = Pick<MachineState, "allocation">;

export type HeapNode = ReturnType<typeof heapNode>;
export type HeapBlockNode = ReturnType<typeof heapBlock>;
export type LinkNode = ReturnType<typeof linkNode>;
export type PoolNode = ReturnType<typeof poolNode>;
export type PoolBlockNode = ReturnType<typeof poolBlock>;
export type SlabNode = ReturnType<typeof slabNode>;
export type BlockNode = HeapBlockNode | PoolBlockNode;

export function heapNode(state: Owners, region: HeapReader) {
  const { usedBlocks, freeBlocks, quarantinedBlocks } = region.stats();
  return {
    kind: "heap" as const,
    name: region.options.name,
    region,
    facts: {
      /** In address order. */
      blocks: listOf(
        usedBlocks + freeBlocks + quarantinedBlocks,
        () => region.blocks(),
        (block, index) => heapBlock(state, block, index),
      ),
      /** In list order. */
      freeList: listOf(freeBlocks, () => region.freeList(), linkNode),
      get structure() {
        return structureFacts(region.structure());
      },
    },
  };
}

/** `owner` is the number of its allocation, -1 for none. */
function heapBlock(state: Owners, block: HeapBlock, index: number) {
  const { address: addr, size, payload, requested, state: use, owner } = block;
  const facts = {
    addr,
    /** Header and footer included. */
    size,
    /** The first byte after the header and the red zone. */
    payload,
    /** 0 for free blocks. */
    requested,
    state: use,
    ...ownerFacts(state, owner),
  };
  return { kind: "block" as const, name: `[${index}]`, owner, facts };
}

function linkNode({ address: addr, size }: { readonly address: number; readonly size: number }, index: number) {
  return { kind: "link" as const, name: `[${index}]`, facts: { addr, size } };
}

/** A pool, or a slab cache with its slabs; blocks and slabs in address order. */
export function poolNode(state: Owners, region: FixedSizeReader) {
  const { usedBlocks, freeBlocks } = region.stats();
  const blocks = listOf(
    usedBlocks + freeBlocks,
    () => region.blocks(),
    (block) => poolBlock(state, block),
  );
  const { name } = region.options;
  const slabs =
    region.kind === "pool"
      ? {}
      : {
          slabs: listOf(
            region.stats().slabs,
            () => region.slabs(),
            (slab) => slabNode(state, region, slab),
          ),
        };
  return { kind: "pool" as const, name, region, facts: { kind: region.kind, blocks, ...slabs } };
}

/** `colour` is the number of bytes by which the objects are shifted. */
function slabNode(state: Owners, cache: SlabCacheReader, slab: Slab) {
  const { index, address, state: fill, used, colour } = slab;
  const { objectsPerSlab } = cache.stats();
  const objects = listOf(
    objectsPerSlab,
    () => cache.blocks(address),
    (block) => poolBlock(state, block),
  );
  return {
    kind: "slab" as const,
    name: `slab ${index}`,
    facts: { index, addr: address, state: fill, used, colour },
    objects,
  };
}

function poolBlock(state: Owners, block: PoolBlock) {
  const { index, address: addr, size, state: use, owner } = block;
  const facts = { index, addr, size, state: use, ...ownerFacts(state, owner) };
  return { kind: "block" as const, name: `[${index}]`, owner, facts };
}

/** What an allocation says of a block; null for a block that no allocation owns. */
function ownerFacts(state: Owners, owner: number) {
  const allocation = owner < 0 ? undefined : state.allocation(owner);
  return { handle: allocation?.handle ?? null, line: allocation?.line ?? null };
}
