import type { ByteStoreContract } from "../../engine/bytes/ByteStore";
import type { Allocation } from "../state/allocation";
import { blockFacts, regionFacts } from "../problems/facts";
import { placeRegion } from "../state/regionBase";
import { isHeap, type Region } from "../state/regions";
import type { Carving } from "../state/World";
import type { Step } from "../step/Step";
import { refuse } from "./allocate";
import { refuseBlock } from "../freeing/refuseBlock";

/** What a new pool needs of its memory. */
interface Wanted {
  /** Bytes that it may ever use. */
  readonly reserved: number;
  readonly align: number;
  readonly grow: number;
}

interface Memory {
  readonly base: number;
  /** Of the region that the pool is carved out of; undefined when the pool has bytes of its own. */
  readonly store: ByteStoreContract | undefined;
  readonly carving: Carving | null;
  /** The region that it is carved out of, for the story. */
  readonly from: Region | null;
}

/**
 * Where a pool's blocks lie: in address space of its own, or with `from=` in a block of a heap, pool or slab cache, or
 * in a block that a handle leads to. Null when that is impossible, which is reported.
 */
export function chooseMemory(step: Step, name: string, wanted: Wanted): Memory | null {
  const source = step.word(step.option("from"));
  if (source === undefined) {
    const base = placeRegion(step, wanted.reserved);
    if (base === null) return null;
    if (base % wanted.align === 0) return { base, store: undefined, carving: null, from: null };
    step.raise("misaligned", { kind: "base", baseAddress: base, align: wanted.align });
    return null;
  }
  if (wanted.grow > 0 || step.option("base") !== undefined) {
    step.raise("bad-operand", { kind: "fixed-place", option: wanted.grow > 0 ? "grow" : "base" });
    return null;
  }
  const region = step.world.region(source);
  return region === undefined ? inBlock(step, source, wanted) : fromRegion(step, name, region, wanted);
}

/** A block of its own, which `destroy` gives back. */
function fromRegion(step: Step, name: string, region: Region, { reserved, align }: Wanted): Memory | null {
  const { world } = step;
  const address = takeFrom(step, region, reserved, align);
  if (address === -1) return null;
  const { line } = step;
  const entry = { region: region.options.name, handle: name, address, requested: reserved, line, step: world.step };
  const id = world.ledger.add(entry);
  return memoryAt(step, address, { id, isOwner: true }, region);
}

function takeFrom(step: Step, region: Region, size: number, align: number): number {
  const owner = step.world.ledger.nextId;
  if (isHeap(region)) {
    const address = region.allocate(size, owner, align > 1 ? align : undefined);
    if (address === -1) refuse(step, region, size, align);
    return address;
  }
  const { blockSize } = region.options;
  if (size > blockSize) {
    step.raise("invalid-size", { kind: "pool-misfit", size, region: regionFacts(region), blockSize });
    return -1;
  }
  if (!region.isAligned(align)) {
    step.raise("misaligned", { kind: "pool-blocks", size, region: regionFacts(region), align });
    return -1;
  }
  const address = region.allocate(owner);
  if (address === -1) refuseBlock(step, region);
  return address;
}

/** The memory that a handle leads to: the rest of its block must be large enough and hold no other pool there. */
function inBlock(step: Step, handle: string, { reserved, align }: Wanted): Memory | null {
  const { world } = step;
  const value = world.handles.get(handle);
  const block = world.ledger.get(value?.allocation ?? -1);
  const region = block === undefined ? undefined : world.region(block.region);
  if (value === undefined || block === undefined || region === undefined) {
    step.raise("unknown-name", { kind: "memory", name: handle });
    return null;
  }
  const address = value.value;
  const room = block.address + block.requested - address;
  if (block.freed !== null) {
    step.raise("use-after-free", { kind: "pool", block: blockFacts(block) });
  } else if (address < block.address || room < reserved) {
    step.raise("invalid-size", { kind: "no-room", size: reserved, block: blockFacts(block), room: Math.max(0, room) });
  } else if (address % align !== 0) {
    step.raise("misaligned", { kind: "handle", handle, align });
  } else {
    const other = otherPool(step, block, address, address + reserved);
    if (other === null) return memoryAt(step, address, { id: block.id, isOwner: false }, region);
    step.raise("bad-operand", { kind: "shared-block", pool: other, block: blockFacts(block) });
  }
  return null;
}

/** A pool carved out of the same block that shares bytes with the half-open range. */
function otherPool({ world }: Step, block: Allocation, from: number, to: number): string | null {
  for (const [name, { allocation }] of world.carvings) {
    const pool = world.pools.get(name);
    if (allocation === block.id && pool !== undefined && pool.base < to && pool.end > from) return name;
  }
  return null;
}

function memoryAt(
  step: Step,
  base: number,
  { id, isOwner }: { readonly id: number; readonly isOwner: boolean },
  region: Region,
): Memory {
  const autofree = step.word(step.option("autofree")) === "on";
  const carving = { allocation: id, isOwner, autofree };
  return { base, store: region.bytes ?? undefined, carving, from: region };
}
