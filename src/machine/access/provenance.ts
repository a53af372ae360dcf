import type { Allocation } from "../state/allocation";
import { isInQuarantine, redZoneAt } from "./guards";
import { blockFacts } from "../problems/facts";
import type { AccessVerb } from "../problems/phrases";
import type { Step } from "../step/Step";
import { checkGap } from "./gapAccess";
import { isHeap, type Region } from "../state/regions";

/** Blocks looked at, at most, for one that an access outside its own block touches. */
const longestVictimSearch = 1000;
/** How far before a wild address in free space a live block is still named as its neighbour. */
const nearBytes = 64;

/** An access through a pointer that was computed from a block's address. */
export function checkProvenance(
  step: Step,
  block: Allocation,
  address: number,
  length: number,
  kind: AccessVerb,
): void {
  const { world } = step;
  if (block.freed !== null) {
    const owner = world.ownerAt(address);
    const newOwner = owner?.id === block.id ? undefined : owner;
    raiseFreed(step, block, newOwner, address, length, kind);
  } else {
    if (address >= block.address && address + length <= block.address + block.requested) return;
    raiseOutside(step, block, address, length, kind);
  }
}

/** An access to a block that was freed; `newOwner` has the memory now. */
function raiseFreed(
  step: Step,
  block: Allocation,
  newOwner: Allocation | undefined,
  address: number,
  length: number,
  access: AccessVerb,
): void {
  step.raise("use-after-free", {
    kind: "access",
    access,
    address,
    length,
    block: blockFacts(block),
    newOwner: newOwner === undefined ? null : blockFacts(newOwner),
    isInQuarantine: isInQuarantine(block, step.world.regionAt(block.address)),
  });
}

/** An access before or after the payload of its block, with what it meets there. */
function raiseOutside(step: Step, block: Allocation, address: number, length: number, access: AccessVerb): void {
  const victim = victimOf(step, block, address, length);
  const zone =
    victim === undefined ? redZoneAt(step, step.world.regionAt(address), address, address + length) : undefined;
  step.raise(address < block.address ? "heap-underflow" : "heap-overflow", {
    access,
    address,
    length,
    block: blockFacts(block),
    victim: victim === undefined ? null : blockFacts(victim),
    redZone:
      zone === undefined
        ? null
        : { side: zone.side, owner: zone.owner.id === block.id ? null : blockFacts(zone.owner) },
  });
}

/** The first live block other than the pointer's own whose payload the access touches, however far it jumped. */
function victimOf({ world }: Step, own: Allocation, address: number, length: number): Allocation | undefined {
  const end = address + length;
  let looked = 0;
  for (const block of world.regionAt(address)?.blocks(address) ?? []) {
    if (block.address >= end || looked++ === longestVictimSearch) return undefined;
    const owner = block.state === "used" ? world.ledger.get(block.owner) : undefined;
    if (owner === undefined || owner.id === own.id) continue;
    if (address < owner.address + owner.requested && end > owner.address) return owner;
  }
  return undefined;
}

/** A bare address: what lies there decides. Reading the allocator's own bytes is looking, writing them is damage. */
export function checkAddress(step: Step, region: Region, address: number, length: number, kind: AccessVerb): void {
  const { world } = step;
  const block = region.blockAt(address);
  if (block === undefined) {
    if (!isHeap(region)) checkGap(step, region, address, length, kind);
    return;
  }
  const blockAddress = block.address;
  const payload = "payload" in block ? block.payload : block.address;
  if (block.state === "used") {
    const owner = world.ledger.get(block.owner);
    if (owner === undefined) return;
    const end = address + length;
    const isOver = address >= payload && end > owner.address + owner.requested;
    const isUnder = address < payload && end > payload && kind === "write";
    const zone = redZoneAt(step, region, address, end);
    if (isOver || isUnder || zone?.owner.id === owner.id) raiseOutside(step, owner, address, length, kind);
    return;
  }
  const isHeader =
    isHeap(region) && address >= blockAddress && address + length <= blockAddress + region.options.header;
  if (isHeader && kind === "read") return;
  const freed = block.state === "quarantined" ? world.ledger.get(block.owner) : world.ledger.lastFreedAt(address);
  if (freed !== undefined) {
    raiseFreed(step, freed, undefined, address, length, kind);
  } else if (!isHeader) {
    const near = nearBefore(step, region, blockAddress, address);
    step.raise("wild-access", {
      kind: "unused",
      access: kind,
      address,
      length,
      region: region.options.name,
      near: near === undefined ? null : blockFacts(near),
    });
  }
}

/** The live block that ends shortly before the address, with free space between them. */
function nearBefore(step: Step, region: Region, free: number, address: number): Allocation | undefined {
  const owner = free > region.base ? step.world.ownerAt(free - 1) : undefined;
  return owner !== undefined && address - (owner.address + owner.requested) <= nearBytes ? owner : undefined;
}
