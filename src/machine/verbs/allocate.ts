import { toHex } from "../../engine/address";
import { say, series } from "../../language/phrases";
import type { Shortage } from "../../engine/heap/contract";
import type { Heap } from "../../engine/heap/Heap";
import { bindTarget } from "../step/bind";
import type { Allocation } from "../state/allocation";
import { tripOnBlock, tripOnPool, watchAllocation } from "../damage/trip";
import { mayGuard, reportGuardDamage } from "../access/guards";
import { neverAllocated, newOwnerOf } from "../freeing/refusal";
import { blockFacts, blockFactsOf, regionFacts } from "../problems/facts";
import type { ShortageFacts } from "../problems/outOfMemory";
import type { World } from "../state/World";
import { mustRun } from "../state/processHeaps";
import { byteCount } from "../stories/counts";
import { allocationStory } from "../stories/blockStories";
import { isHeap, type FixedSizeRegion, type Region } from "../state/regions";
import type { Executors, Step } from "../step/Step";
import { dropCarved, endBlock } from "./nestedPools";
import { servingHeap } from "./heap";
import { refuseBlock } from "../freeing/refuseBlock";

/** Blocks that a run may walk to explain requests that failed; later ones are told without an obstacle. */
const longestExplanations = 2_000_000;

/** `h = alloc SIZE`. */
function alloc(step: Step): void {
  const region = servingRegion(step);
  if (region === null) {
    bindNull(step, 0);
    return;
  }
  const written = step.operand("size");
  const size =
    written === undefined && !isHeap(region)
      ? region.options.blockSize
      : step.whole(written, "size", 1, "invalid-size");
  if (size === null) {
    bindNull(step, 0);
    return;
  }
  takeBlock(step, region, size);
}

/** `h = calloc N SIZE`: zeroed, with the product checked. */
function calloc(step: Step): void {
  const region = servingRegion(step);
  const count = step.whole(step.operand("count"), "count", 1, "invalid-size");
  const size = step.whole(step.operand("size"), "size", 1, "invalid-size");
  if (region === null || count === null || size === null) {
    bindNull(step, 0);
    return;
  }
  const total = count * size;
  if (!Number.isSafeInteger(total)) {
    step.raise("invalid-size", { kind: "overflow", count, size });
    bindNull(step, 0);
    return;
  }
  const isTooMuch = step.world.residentBytes() + total > step.limits.residentMemory;
  if (isTooMuch && total <= region.end - region.base) {
    step.exceed("residentMemory", { kind: "zeroing", size: total });
    return;
  }
  const address = takeBlock(step, region, total);
  if (address === null) return;
  region.bytes?.fill(address, total, 0);
  step.tell(() => series([step.story, say("All its bytes are 0.")]));
}

function servingRegion(step: Step): Region | null {
  const name = step.word(step.option("from"));
  if (name === undefined) return servingHeap(step);
  const region = step.world.region(name);
  if (region === undefined) step.raise("unknown-name", { kind: "region", name });
  return region !== undefined && mustRun(step, region) ? region : null;
}

/** Allocates and binds the handle; returns the address, null when the allocation failed or was not tried. */
function takeBlock(step: Step, region: Region, size: number): number | null {
  const { world } = step;
  if (world.ledger.live >= step.limits.blocks) {
    step.exceed("blocks", { kind: "live-blocks", count: world.ledger.live });
    return null;
  }
  const align = step.wholeOption("align", 1);
  if (align === null) {
    bindNull(step, size);
    return null;
  }
  if (!mayGuard(step, region, size)) return null;
  const address = isHeap(region) ? fromHeap(step, region, size, align) : fromPool(step, region, size, align);
  if (address === -1) {
    bindNull(step, size, isHeap(region) ? region.lastSearched : 0);
    return null;
  }
  const handle = step.targetName();
  const { line } = step;
  const id = world.ledger.add({
    region: region.options.name,
    handle,
    address,
    requested: size,
    line,
    step: world.step,
  });
  const searched = isHeap(region) ? region.lastSearched : 1;
  step.value = { kind: "allocation", address, size, searched };
  step.tell(() => allocationStory(step, region, address, size));
  if (handle !== null) world.failed.delete(handle);
  bindTarget(step, { value: address, allocation: id });
  return address;
}

function fromHeap(step: Step, heap: Heap, size: number, align: number | undefined): number {
  const reportTripped = watchAllocation(step, heap, size);
  const address = heap.allocate(size, step.world.ledger.nextId, align);
  reportTripped();
  if (address !== -1) return address;
  refuse(step, heap, size, align);
  return -1;
}

/** Words why the heap refused a request. */
export function refuse(step: Step, heap: Heap, size: number, align?: number): void {
  switch (heap.lastFailure) {
    case "invalid-align":
      step.raise("misaligned", { kind: "not-power-of-two", align: align ?? 0 });
      return;
    case "invalid-size":
      step.raise("invalid-size", { kind: "not-positive", size });
      return;
    case "out-of-memory":
    case "none": {
      const { grow, max, name } = heap.options;
      if (grow > 0 && max === step.limits.memory) {
        step.exceed("memory", { kind: "heap-growth", name, size });
      } else raiseOutOfMemory(step, heap, size, align ?? 1);
    }
  }
}

/** Explains the failure, as long as the run has not walked too many blocks for explanations. */
function raiseOutOfMemory(step: Step, heap: Heap, requested: number, align: number): void {
  const { world } = step;
  const stats = heap.stats();
  world.explained += stats.usedBlocks + stats.freeBlocks + stats.quarantinedBlocks;
  const shortage = world.explained <= longestExplanations ? heap.shortage(requested, align) : null;
  const { name, policy, header, footer, redzone, grow, max } = heap.options;
  step.raise("out-of-memory", {
    kind: "heap",
    heap: name,
    policy,
    requested,
    align,
    parts: { header: header > 0, footer: footer > 0, redZones: redzone > 0 },
    freeBytes: stats.freeBytes,
    freeBlocks: stats.freeBlocks,
    largestFree: stats.largestFree,
    quarantinedBytes: stats.quarantinedBytes,
    quarantinedBlocks: stats.quarantinedBlocks,
    most: grow > 0 ? max : null,
    shortage: shortage && shortageFacts(world, shortage),
  });
}

function shortageFacts(world: World, shortage: Shortage): ShortageFacts {
  const { need, compacted, compactionServes, passedOver, obstacle } = shortage;
  return {
    need,
    compacted,
    compactionServes,
    passedOver: passedOver && { address: passedOver.address, size: passedOver.size },
    obstacle: obstacle && {
      ...obstacle,
      blocks: obstacle.blocks.map(({ address, state, owner }) => ({
        address,
        isQuarantined: state === "quarantined",
        owner: blockFactsOf(world, owner),
      })),
    },
  };
}

function fromPool(step: Step, pool: FixedSizeRegion, size: number, align: number | undefined): number {
  const { blockSize } = pool.options;
  if (size > blockSize) {
    step.raise("invalid-size", { kind: "misfit", size, region: regionFacts(pool), blockSize });
    return -1;
  }
  if (align !== undefined && !pool.isAligned(align)) {
    step.raise("misaligned", { kind: "blocks", region: regionFacts(pool), align });
    return -1;
  }
  tripOnPool(step, pool);
  const address = pool.allocate(step.world.ledger.nextId);
  if (address === -1) refuseBlock(step, pool);
  return address;
}

/** After a failed allocation the handle is null, as in C. */
function bindNull(step: Step, size: number, searched = 0): void {
  step.value = { kind: "allocation", address: null, size, searched };
  const name = step.targetName();
  step.tell(() => (name === null ? say("The allocation failed.") : say("The allocation failed: `{0}` is 0.", name)));
  bindTarget(step, { value: 0, allocation: -1 });
  if (name !== null) step.world.failed.set(name, step.line);
}

/** `h = realloc BLOCK SIZE`. */
function realloc(step: Step): void {
  const place = step.pointer("block");
  const size = step.whole(step.operand("size"), "size", 0, "invalid-size");
  if (place === null || size === null) return;
  const { world } = step;
  if (size === 0) {
    step.raise("invalid-size", { kind: "realloc-to-nothing", block: blockFactsOf(world, place.allocation) });
    return;
  }
  if (place.value === 0 && place.allocation < 0) {
    const region = servingHeap(step);
    if (region !== null) takeBlock(step, region, size);
    return;
  }
  const block = world.ledger.get(place.allocation) ?? world.ownerAt(place.value);
  const heap = block === undefined ? undefined : world.heaps.get(block.region);
  if (block === undefined) {
    const freed = world.ledger.lastFreedAt(place.value);
    if (freed?.address === place.value) {
      step.raise("double-free", { operation: "realloc", block: blockFacts(freed), newOwner: null });
    } else step.raise("invalid-free", neverAllocated(world, "realloc", place.value));
  } else if (block.freed !== null) {
    step.raise("use-after-free", { kind: "realloc", block: blockFacts(block), newOwner: newOwnerOf(world, block) });
  } else if (place.value !== block.address) {
    const facts = { operation: "realloc", address: place.value, block: blockFacts(block) } as const;
    step.raise("invalid-free", { kind: "interior", ...facts });
  } else if (heap === undefined) {
    const region = world.region(block.region);
    const facts = { block: blockFacts(block), region: region === undefined ? null : regionFacts(region) };
    step.raise("invalid-free", { kind: "wrong-allocator", ...facts });
  } else if (mustRun(step, heap)) resize(step, heap, block, size);
}

function resize(step: Step, heap: Heap, block: Allocation, size: number): void {
  const { world } = step;
  const moved = world.ledger.nextId;
  if (!mayGuard(step, heap, size)) return;
  reportGuardDamage(step, heap, block.address, block.address + 1);
  tripOnBlock(step, heap, "realloc", block);
  // The engine marks the block with the id it will have: the old one when it stays, a new one when it moves.
  const address = heap.reallocate(block.address, size, block.id);
  if (address === -1) {
    refuse(step, heap, size);
    step.value = { kind: "allocation", address: null, size, searched: heap.lastSearched };
    step.tell(() => {
      const { requested, handle, line } = block;
      const facts = [byteCount(requested), line + 1, byteCount(size)];
      return handle === null
        ? say("The block ({0}, line {1}) stays as it is: there is no room for {2}.", ...facts)
        : say("`{3}` ({0}, line {1}) stays as it is: there is no room for {2}.", ...facts, handle);
    });
    return;
  }
  step.value = { kind: "allocation", address, size, searched: heap.lastSearched };
  const handle = step.targetName() ?? block.handle;
  if (address === block.address) {
    world.ledger.move(block.id, address, size);
    step.tell(() =>
      say("Resized the block at {0} in place, from {1} to {2}.", toHex(address), block.requested, byteCount(size)),
    );
    dropCarved(step, block.id, address + size);
    bindTarget(step, { value: address, allocation: block.id });
    return;
  }
  // A move is a new block: other handles to the old place dangle from here on.
  endBlock(step, block.id, "realloc");
  world.ledger.add({ region: block.region, handle, address, requested: size, line: step.line, step: world.step });
  heap.setOwner(address, moved);
  const places = [toHex(block.address), toHex(address), byteCount(size)];
  step.tell(() => say("Moved the block from {0} to {1} and resized it to {2}; the old block is free.", ...places));
  bindTarget(step, { value: address, allocation: moved });
}

export const allocationExecutors: Executors = { alloc, calloc, realloc };
