import type { FreedBy } from "../state/allocation";
import type { FixedSizeRegion } from "../state/regions";
import { raiseLeak } from "../leaks/report";
import { blockFacts } from "../problems/facts";
import type { Step } from "../step/Step";

/**
 * Pools that are carved out of a block of another region, as Valgrind's metapools: when the block goes, so do they.
 * With `autofree=on` their blocks are freed with it (`VALGRIND_MEMPOOL_AUTO_FREE`), else they are leaks.
 */

/** What happened to a pool. */
type PoolEnd = "destroyed" | "memory-lost";

/** Marks an allocation as freed at this step, with all that was carved out of its block. */
export function endBlock(step: Step, allocation: number, by: FreedBy = "free"): void {
  const { world } = step;
  world.ledger.free(allocation, step.line, world.step, by);
  dropCarved(step, allocation);
}

/** Ends the pools carved out of a block, or only those of them that reach beyond an address. */
export function dropCarved(step: Step, allocation: number, beyond = -1): void {
  const { world } = step;
  if (world.carvings.size === 0) return;
  for (const [name, carving] of [...world.carvings]) {
    const pool = world.pools.get(name);
    if (pool !== undefined && carving.allocation === allocation && pool.end > beyond) {
      dissolve(step, pool, carving.autofree ? null : "memory-lost");
    }
  }
}

/** Ends a pool. Blocks in use are leaks, with what happened to the pool as the reason; without one they are freed. */
export function dissolve(step: Step, pool: FixedSizeRegion, end: PoolEnd | null): void {
  const { world } = step;
  const { name } = pool.options;
  const used = [...pool.blocks()].filter((block) => block.state === "used");
  world.pools.delete(name);
  world.carvings.delete(name);
  for (const { owner } of used) {
    if (end !== null) reportLost(step, owner, name, end);
    endBlock(step, owner, end === "destroyed" ? "destroy" : "free");
  }
}

function reportLost(step: Step, owner: number, pool: string, end: PoolEnd): void {
  const allocation = step.world.ledger.get(owner);
  if (allocation === undefined) return;
  const facts = { ids: [owner], block: blockFacts(allocation), pool, end, endLine: step.line };
  raiseLeak(step, allocation.line, { kind: "pool-gone", ...facts });
}

/** After compaction: pools follow the blocks that they are carved out of, and their blocks with them. */
export function followMoves(step: Step, distances: Map<number, number>): void {
  const { world } = step;
  for (const [name, { allocation }] of world.carvings) {
    const distance = distances.get(allocation);
    const pool = world.pools.get(name);
    if (distance === undefined || distance === 0 || pool?.kind !== "pool") continue;
    pool.relocate(distance);
    for (const { state, owner } of pool.blocks()) {
      const moved = world.ledger.get(owner);
      if (state !== "used" || moved === undefined) continue;
      world.ledger.move(owner, moved.address + distance, moved.requested);
      distances.set(owner, distance);
    }
  }
}
