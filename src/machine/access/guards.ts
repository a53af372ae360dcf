import { toHex } from "../../engine/address";
import type { GuardDamage } from "../../engine/heap/blocks";
import type { PoolOptions, ZoneDamage } from "../../engine/pool/contract";
import { poolGeometry } from "../../engine/pool/geometry";
import type { Allocation } from "../state/allocation";
import type { Report, Step } from "../step/Step";
import { blockName, blockOrigin, bytes, fate, lineName, originLines } from "../problems/wording";
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

/** The report of an access out of the bounds of `own`, with the red zone that it touches named. */
export function nameRedZone(report: Report, zone: RedZone, own: Allocation, address: number): Report {
  const inside = address >= own.address && address < own.address + own.requested;
  const whose = zone.owner.id === own.id ? "it" : blockOrigin(zone.owner);
  const more = zone.owner.id === own.id ? [] : originLines(zone.owner);
  return {
    ...report,
    message: `${report.message.replace(/\.$/, "")}, ${inside ? "into" : "in"} the red zone ${zone.side} ${whose}.`,
    related: [...(report.related ?? []), ...more],
  };
}

/** The report of a use after free, when the freed block still waits in quarantine. */
export function nameQuarantine(report: Report, block: Allocation, region: Region | undefined): Report {
  const there = region?.blockAt(block.address);
  if (there?.state !== "quarantined" || there.owner !== block.id) return report;
  return { ...report, message: `${report.message.replace(/\.$/, "")}; it still waits in quarantine.` };
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
    const culprit = step.world.guardDamage.get(damage.address);
    const when = culprit === undefined ? "" : `; ${lineName(culprit.line)} did it`;
    const found = `is ${byteText(damage.found)} and must be ${byteText(damage.expected)}`;
    const more = damage.length === 1 ? "" : ` (the damage spans ${bytes(damage.length)})`;
    step.raise("heap-corruption", {
      message: `${damagedPlace(damage, owner)} ${found}${more}${when}.`,
      related: [
        ...originLines(owner),
        ...(culprit === undefined ? [] : [{ line: culprit.line, message: "This line wrote over the guard bytes." }]),
      ],
    });
  }
}

function byteText(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}

function damagedPlace({ zone, address }: RegionGuardDamage, owner: Allocation): string {
  if (zone === "freed") {
    const gone = `${blockName(owner)}, ${fate(owner) ?? "freed"} and in quarantine,`;
    return `${gone} was written to: its byte ${address - owner.address} at ${toHex(address)}`;
  }
  const distance = zone === "before" ? owner.address - address : address - owner.address - owner.requested;
  return `the red zone ${zone} ${blockOrigin(owner)} is damaged: the byte at ${toHex(address)}, ${bytes(distance)} ${zone} the block,`;
}

/** Whether `count` bytes may be filled with a pattern; when they are too many for the simulation, the run stops. */
export function mayFill(step: Step, count: number): boolean {
  if (step.world.residentBytes() + count <= step.limits.residentMemory) return true;
  step.exceed("residentMemory", `Filling ${bytes(count)} needs too much simulated memory`);
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
