import type { PoolStats } from "./contract";

/** The tables of a pool, as its invariants see them. */
export interface PoolTables {
  readonly head: number;
  readonly tail: number;
  readonly used: number;
  readonly next: Int32Array;
  readonly owners: Float64Array;
}

/** Sentences, one for each broken invariant of a pool; empty when all hold. */
export function poolViolations(tables: PoolTables, stats: PoolStats): string[] {
  const violations: string[] = [];
  const { head, tail, used, next, owners } = tables;
  const count = next.length;
  const seen = new Uint8Array(count);
  let listed = 0;
  let last = -1;
  for (let index = head; index !== -1; index = next[index]!) {
    if (index < 0 || index >= count) {
      violations.push(`The free list leaves the pool: it reaches index ${index} of ${count}.`);
      break;
    }
    if (seen[index] === 1) {
      violations.push(`The free list comes back to block ${index}.`);
      break;
    }
    if (owners[index] !== -1) violations.push(`Block ${index} is on the free list though it is used.`);
    seen[index] = 1;
    listed++;
    last = index;
  }
  if (last !== tail) violations.push(`The free list ends at block ${last}, but the tail says ${tail}.`);
  let owned = 0;
  for (let index = 0; index < count; index++) {
    if (owners[index] !== -1) owned++;
    else if (seen[index] === 0) violations.push(`Block ${index} is free but not on the free list.`);
  }
  if (owned !== used) violations.push(`${owned} blocks are owned, but the count of used blocks is ${used}.`);
  if (listed !== stats.freeBlocks) violations.push(`${listed} blocks are listed, but ${stats.freeBlocks} are free.`);
  if (stats.allocations - stats.deallocations !== used) {
    violations.push(`${stats.allocations} allocations less ${stats.deallocations} frees are not ${used} used blocks.`);
  }
  if (stats.peakUsed < used) violations.push(`The peak ${stats.peakUsed} is below the ${used} blocks used now.`);
  return violations;
}
