import { say } from "../../language/phrases";
import type { Allocation } from "../state/allocation";
import { tripOnBlock } from "../damage/trip";
import { blockToFree, refusalOf } from "./refusal";
import { mayFill, reportGuardDamage } from "../access/guards";
import { mustRun } from "../state/processHeaps";
import { isHeap, type Region } from "../state/regions";
import { freeStory } from "../stories/blockStories";
import type { Executors, Step } from "../step/Step";
import { endBlock } from "../verbs/nestedPools";

/** `free h` and `free ADDR`. By provenance a stale handle never frees the new owner of its address. */
function free(step: Step): void {
  const place = step.pointer("block");
  if (place === null) return;
  const { world } = step;
  if (!mustRun(step, world.region(world.ledger.get(place.allocation)?.region ?? ""))) return;
  const refusal = refusalOf(world, place);
  if (refusal !== null) {
    if (refusal.id === "double-free") step.raise(refusal.id, refusal.facts);
    else step.raise(refusal.id, refusal.facts);
    return;
  }
  const block = blockToFree(world, place);
  if (block === undefined) {
    step.tell(() => say("Address 0 is null: freeing it does nothing."));
    return;
  }
  const region = world.region(block.region);
  if (region === undefined || !mayFree(step, region, block) || !region.free(block.address)) return;
  step.tell(() => freeStory(step, block));
  endBlock(step, block.id);
}

/** Looks at what a real `free` reads and at the block's red zones, and whether the simulation has room for the pattern of a freed payload. */
function mayFree(step: Step, region: Region, block: Allocation): boolean {
  if (isHeap(region)) tripOnBlock(step, region, "free", block);
  reportGuardDamage(step, region, block.address, block.address + 1);
  return !isHeap(region) || region.options.freed === null || mayFill(step, block.requested);
}

export const freeingExecutors: Executors = { free };
