import { toHex } from "../../engine/address";
import type { PoolContract } from "../../engine/pool/contract";
import type { Allocation } from "../contract";
import { tripOnBlock } from "../damage/trip";
import { blockToFree, refusalOf } from "../freeing/refusal";
import { mayFill, reportGuardDamage } from "../guards";
import { raiseLeak } from "../leaks/report";
import { blockName, bytes, sentence } from "../problems/wording";
import { isHeap, type Region } from "../state/regions";
import { freeStory } from "../story";
import type { Step } from "../Step";

/** `free h` and `free ADDR`. By provenance a stale handle never frees the new owner of its address. */
export function free(step: Step): void {
  const place = step.pointer("block");
  if (place === null) return;
  const { world } = step;
  const refusal = refusalOf(world, place);
  if (refusal !== null) {
    step.raise(refusal.id, refusal.report);
    return;
  }
  const block = blockToFree(world, place);
  if (block === undefined) {
    step.story = "Address 0 is null: freeing it does nothing.";
    return;
  }
  const region = world.regionAt(block.address);
  if (region === undefined || !mayFree(step, region, block) || !region.free(block.address)) return;
  world.ledger.free(block.id, step.line, world.step);
  step.story = freeStory(step, block);
}

/** Looks at what a real `free` reads and at the block's red zones, and whether the simulation has room for the pattern of a freed payload. */
function mayFree(step: Step, region: Region, block: Allocation): boolean {
  if (!isHeap(region)) return true;
  tripOnBlock(step, region, "free", block);
  reportGuardDamage(step, region, block.address, block.address + 1);
  return region.options.freed === null || mayFill(step, block.requested);
}

/** `reset NAME`: a pool or a heap gets all of its blocks back. */
export function reset(step: Step): void {
  const { world } = step;
  const name = step.word(step.operand("name")) ?? "";
  const region = world.region(name);
  if (region === undefined) {
    step.raise("unknown-name", { message: `There is no heap or pool \`${name}\` at this point.` });
    return;
  }
  for (const block of region.blocks()) {
    if (block.state === "used") world.ledger.free(block.owner, step.line, world.step, "reset");
  }
  const count = region.reset();
  if (isHeap(region)) world.forgetDamage(region);
  step.value = { kind: "number", value: count };
  const what = isHeap(region) ? "heap" : "pool";
  step.story = `All of ${what} \`${name}\` is free; ${count} of its blocks were in use.`;
}

/** `destroy POOL`: blocks in use are lost. */
export function destroyPool(step: Step): void {
  const pool = namedPool(step);
  if (pool === null) return;
  const { world } = step;
  const { name } = pool.options;
  for (const block of pool.blocks()) {
    if (block.state !== "used") continue;
    const allocation = world.ledger.get(block.owner);
    if (allocation === undefined) continue;
    const message = `${sentence(blockName(allocation))} was in use when its pool \`${name}\` was destroyed at line ${step.line + 1}.`;
    raiseLeak(step, allocation, undefined, message, [
      { line: step.line, message: `The pool \`${name}\` is destroyed here.` },
    ]);
    world.ledger.free(allocation.id, step.line, world.step, "destroy");
  }
  world.pools.delete(name);
  step.story = `Pool \`${name}\` is gone: ${bytes(pool.end - pool.base)} at ${toHex(pool.base)}.`;
}

function namedPool(step: Step): PoolContract | null {
  const name = step.word(step.operand("name")) ?? "";
  const region = step.world.region(name);
  if (region !== undefined && !isHeap(region)) return region;
  if (region !== undefined) step.raise("bad-operand", { message: `\`${name}\` is a heap, not a pool.` });
  else step.raise("unknown-name", { message: `There is no pool \`${name}\` at this point.` });
  return null;
}
