import type { GuardDamage } from "../../engine/heap/blocks";
import type { PoolOptions, ZoneDamage } from "../../engine/pool/contract";
import { poolGeometry } from "../../engine/pool/geometry";
import type { Allocation } from "../state/allocation";
import type { Step } from "../step/Step";
import { blockFacts } from "../problems/facts";
import { isHeap, type Region } from "../state/regions";

/** Damaged places reported at most by one statement. */
const longestReport = 100;

type RegionGuardDamage = GuardDamage | ZoneDamage;

interface RedZone {
  readonly owner: Allocation;
  readonly side: "before" | "after";
}

/** The first red zone of a live block that the access touches. */
export function redZoneAt({ world }: Step, region: Region | undefined, from: number, to: number): RedZone | undefined {
  if (region === undefined || !isHeap(region) || region.options.redzone === 0) return undefined;
  const { header, footer } = region.options;
  for (const { address, size, payload, requested, owner, state } of region.blocks(from)) {
    if (address >= to) return undefined;
    const allocation = state === "used" ? world.ledger.get(owner) : undefined;
    if (allocation === undefined) continue;
    if (from < payload && to > address + header) return { owner: allocation, side: "before" };
    if (from < address + size - footer && to > payload + requested) return { owner: allocation, side: "after" };
  }
  return undefined;
}

/** Whether a freed block still waits in quarantine. */
export function isInQuarantine(block: Allocation, region: Region | undefined): boolean {
  const there = region?.blockAt(block.address);
  return there?.state === "quarantined" && there.owner === block.id;
}

/** What is wrong with the guard bytes of the blocks that touch the half-open range. */
export function guardDamageOf(region: Region, from: number, to: number): readonly RegionGuardDamage[] {
  return isHeap(region) ? region.guardDamage(from, to) : region.zoneDamage(from, to);
}

/** Reports every block between the two addresses whose guard bytes were written over. */
export function reportGuardDamage(step: Step, region: Region, from: number, to: number): void {
  for (const damage of guardDamageOf(region, from, to).slice(0, longestReport)) {
    const owner = step.world.ledger.get(damage.block.owner);
    if (owner === undefined) continue;
    const { zone, address, length, expected, found } = damage;
    const culpritLine = step.world.guardDamage.get(address)?.line ?? null;
    const facts = { zone, address, length, block: blockFacts(owner), expected, found, culpritLine };
    step.raise("heap-corruption", { kind: "guard", ...facts });
  }
}

/** Whether `count` bytes may be filled with a pattern; when they are too many for the simulation, the run stops. */
export function mayFill(step: Step, count: number): boolean {
  if (step.world.residentBytes() + count <= step.limits.residentMemory) return true;
  step.exceed("residentMemory", { kind: "filling", size: count });
  return false;
}

/** Whether the patterns around and in a fresh payload may come into being. */
export function mayGuard(step: Step, region: Region, size: number): boolean {
  if (region.bytes === null) return true;
  if (!isHeap(region)) {
    const filled = region.kind === "pool" ? filledByPool(region.options) : 0;
    return filled === 0 || mayFill(step, filled);
  }
  const { redzone, fresh, min, max } = region.options;
  const filled = (redzone > 0 ? 2 * redzone + min : 0) + (fresh === null ? 0 : size);
  return filled === 0 || size > max || mayFill(step, filled);
}

/** Bytes that a pool fills when it hands a block out. */
function filledByPool(options: PoolOptions): number {
  const { redzone, zeroed, blockSize } = options;
  return (redzone > 0 ? poolGeometry(options).stride - blockSize : 0) + (zeroed ? blockSize : 0);
}
