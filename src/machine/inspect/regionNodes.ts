import type { BlockState, HeapBlock } from "../../engine/heap/blocks";
import type { HeapReader } from "../../engine/heap/HeapReader";
import type { PoolBlock } from "../../engine/pool/contract";
import type { Slab, SlabState } from "../../engine/slab/contract";
import type { SlabCacheReader } from "../../engine/slab/SlabCache";
import type { MachineState } from "../run/MachineState";
import type { FixedSizeReader } from "../state/regions";
import { listOf, type NodeList, type StateNode } from "./node";
import { structureFacts } from "./structureFacts";

type Owners = Pick<MachineState, "allocation">;

/** What an allocation says of a block; null for a block that no allocation owns. */
interface OwnerFacts {
  readonly handle: string | null;
  readonly line: number | null;
}

interface HeapBlockFacts extends OwnerFacts {
  readonly addr: number;
  /** Header and footer included. */
  readonly size: number;
  /** The first byte after the header and the red zone. */
  readonly payload: number;
  /** 0 for free blocks. */
  readonly requested: number;
  readonly state: BlockState;
}

interface PoolBlockFacts extends OwnerFacts {
  readonly index: number;
  readonly addr: number;
  readonly size: number;
  readonly state: PoolBlock["state"];
}

/** A block of a heap or of a pool; `owner` is the number of its allocation, -1 for none. */
interface OwnedNode<Facts extends object> extends StateNode<"block", Facts> {
  readonly owner: number;
}
export type HeapBlockNode = OwnedNode<HeapBlockFacts>;
export type PoolBlockNode = OwnedNode<PoolBlockFacts>;
export type BlockNode = HeapBlockNode | PoolBlockNode;

export type LinkNode = StateNode<"link", { readonly addr: number; readonly size: number }>;

interface HeapFacts {
  /** In address order. */
  readonly blocks: NodeList<HeapBlockNode>;
  /** In list order. */
  readonly freeList: NodeList<LinkNode>;
  readonly structure: ReturnType<typeof structureFacts>;
}
export type HeapNode = StateNode<"heap", HeapFacts> & { readonly region: HeapReader };

/** How the slab of a cache is filled; `colour` is the number of bytes by which its objects are shifted. */
interface SlabFacts {
  readonly index: number;
  readonly addr: number;
  readonly state: SlabState;
  readonly used: number;
  readonly colour: number;
}
export type SlabNode = StateNode<"slab", SlabFacts> & { readonly objects: NodeList<PoolBlockNode> };

interface PoolFacts {
  readonly kind: "pool" | "slab";
  /** In address order. */
  readonly blocks: NodeList<PoolBlockNode>;
  /** Of slab caches, in address order. */
  readonly slabs?: NodeList<SlabNode>;
}
export type PoolNode = StateNode<"pool", PoolFacts> & { readonly region: FixedSizeReader };

export function heapNode(state: Owners, region: HeapReader): HeapNode {
  const { usedBlocks, freeBlocks, quarantinedBlocks } = region.stats();
  return {
    kind: "heap",
    name: region.options.name,
    region,
    facts: {
      blocks: listOf(
        usedBlocks + freeBlocks + quarantinedBlocks,
        () => region.blocks(),
        (block, index) => heapBlock(state, block, index),
      ),
      freeList: listOf(
        freeBlocks,
        () => region.freeList(),
        ({ address: addr, size }, index): LinkNode => ({ kind: "link", name: `[${index}]`, facts: { addr, size } }),
      ),
      get structure() {
        return structureFacts(region.structure());
      },
    },
  };
}

function heapBlock(state: Owners, block: HeapBlock, index: number): HeapBlockNode {
  const { address: addr, size, payload, requested, state: use, owner } = block;
  const facts = { addr, size, payload, requested, state: use, ...ownerFacts(state, owner) };
  return { kind: "block", name: `[${index}]`, owner, facts };
}

/** A pool, or a slab cache with its slabs. */
export function poolNode(state: Owners, region: FixedSizeReader): PoolNode {
  const { usedBlocks, freeBlocks } = region.stats();
  const blocks = listOf(
    usedBlocks + freeBlocks,
    () => region.blocks(),
    (block) => poolBlock(state, block),
  );
  const { name } = region.options;
  if (region.kind === "pool") return { kind: "pool", name, region, facts: { kind: "pool", blocks } };
  const slabs = listOf(
    region.stats().slabs,
    () => region.slabs(),
    (slab) => slabNode(state, region, slab),
  );
  return { kind: "pool", name, region, facts: { kind: "slab", blocks, slabs } };
}

function slabNode(state: Owners, cache: SlabCacheReader, slab: Slab): SlabNode {
  const { index, address, state: fill, used, colour } = slab;
  const { objectsPerSlab } = cache.stats();
  const objects = listOf(
    objectsPerSlab,
    () => cache.blocks(address),
    (block) => poolBlock(state, block),
  );
  return {
    kind: "slab",
    name: `slab ${index}`,
    facts: { index, addr: address, state: fill, used, colour },
    objects,
  };
}

function poolBlock(state: Owners, block: PoolBlock): PoolBlockNode {
  const { index, address: addr, size, state: use, owner } = block;
  const facts = { index, addr, size, state: use, ...ownerFacts(state, owner) };
  return { kind: "block", name: `[${index}]`, owner, facts };
}

function ownerFacts(state: Owners, owner: number): OwnerFacts {
  const allocation = owner < 0 ? undefined : state.allocation(owner);
  return { handle: allocation?.handle ?? null, line: allocation?.line ?? null };
}
