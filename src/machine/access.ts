import { eventKindNumber } from "../engine/events";
import type { HeaderDamage, HeapContract } from "../engine/heap/contract";
import type { Allocation } from "./contract";
import * as messages from "./problems/accessMessages";
import type { AccessVerb } from "./problems/accessMessages";
import { lineName, littleEndian, shown } from "./problems/wording";
import type { Step } from "./Step";
import type { Value } from "./state/HandleTable";
import { isHeap, type Region } from "./state/regions";
import { touchPages, type Stretch } from "./pageAccess";

const events = { read: eventKindNumber("read"), write: eventKindNumber("write") };

/**
 * Checks an access by its provenance, reports what is wrong with it, and returns the stretches of bytes that it really
 * reaches: mistaken accesses are performed as in life, as far as there are bytes. Null: nothing is reached.
 */
export function reach(step: Step, place: Value, length: number, kind: AccessVerb): Stretch[] | null {
  const { world } = step;
  const address = place.value;
  if (!Number.isInteger(address)) {
    step.raise("bad-operand", { message: `The address ${address} is not a whole number.` });
    return null;
  }
  if (address < 0 || address + length > Number.MAX_SAFE_INTEGER) {
    step.raise("wild-access", { message: `${kind} at ${address}: addresses go from 0 to 2^53 - 1.` });
    return null;
  }
  const region = world.regionAt(address);
  const block = world.ledger.get(place.allocation);
  if (block !== undefined) checkProvenance(step, block, address, length, kind);
  else if (region === undefined) {
    if (world.vm !== null) return touchPages(step, world.vm, address, length, kind);
    step.raise("wild-access", messages.wild(kind, address, length, wildReason(step, address)));
    return null;
  } else checkAddress(step, region, address, length, kind);
  if (region === undefined || region.bytes === null) return null;
  const reached = Math.min(length, region.end - address);
  world.log.push(events[kind], address, reached, 0, 0);
  return [{ store: region.bytes, address, length: reached, offset: 0, region }];
}

function checkProvenance(step: Step, block: Allocation, address: number, length: number, kind: AccessVerb): void {
  const { world } = step;
  const owner = world.ownerAt(address);
  if (block.freed !== null) {
    const newOwner = owner?.id === block.id ? undefined : owner;
    step.raise("use-after-free", messages.useAfterFree(kind, address, length, block, newOwner));
  } else if (address < block.address) {
    step.raise("heap-underflow", messages.underflow(kind, address, length, block));
  } else if (address + length > block.address + block.requested) {
    const report = messages.overflow(kind, address, length, block);
    const victim = owner?.id === block.id ? world.ownerAt(address + length - 1) : owner;
    const isOther = victim !== undefined && victim.id !== block.id && covers(victim, address, length);
    step.raise("heap-overflow", isOther ? messages.intoNeighbour(report, victim) : report);
  }
}

/** Whether the access touches the payload, not only the header or padding of the block. */
function covers(block: Allocation, address: number, length: number): boolean {
  return address < block.address + block.requested && address + length > block.address;
}

/** A bare address: what lies there decides. Reading the allocator's own bytes is looking, writing them is damage. */
function checkAddress(step: Step, region: Region, address: number, length: number, kind: AccessVerb): void {
  const { world } = step;
  const block = region.blockAt(address);
  if (block === undefined) return;
  const blockAddress = block.address;
  const payload = "payload" in block ? block.payload : block.address;
  if (block.state === "used") {
    const owner = world.ledger.get(block.owner);
    if (owner === undefined) return;
    if (address >= payload && address + length > owner.address + owner.requested) {
      step.raise("heap-overflow", messages.overflow(kind, address, length, owner));
    } else if (address < payload && address + length > payload && kind === "write") {
      step.raise("heap-underflow", messages.underflow(kind, address, length, owner));
    }
    return;
  }
  const isHeader =
    isHeap(region) && address >= blockAddress && address + length <= blockAddress + region.options.header;
  if (isHeader && kind === "read") return;
  const freed = world.ledger.lastFreedAt(address);
  if (freed !== undefined) step.raise("use-after-free", messages.useAfterFree(kind, address, length, freed, undefined));
  else if (!isHeader) {
    const reason = `this part of \`${region.options.name}\` is free and was never handed out`;
    step.raise("wild-access", messages.wild(kind, address, length, reason));
  }
}

function wildReason(step: Step, address: number): string {
  if (address < 0x1000) {
    const failed = step.failedAllocationLine();
    const hint = failed === undefined ? "" : ` (the allocation at ${lineName(failed)} failed)`;
    return `a null pointer leads to no block${hint}`;
  }
  return "the address lies outside every heap and pool, and there is no `vm`";
}

/** After a write: fields of the allocator that it changed, reported and remembered with this line. */
export function reportDamage(step: Step, stretches: readonly Stretch[]): void {
  for (const { region, address, length } of stretches) {
    if (region === null || length === 0) continue;
    const from = address;
    const to = address + length;
    if (isHeap(region)) {
      const damage = region.headerDamage(from, to).filter((entry) => entry.address < to && entry.address + 8 > from);
      if (damage.length === 0) continue;
      remember(
        step,
        damage.map((entry) => entry.address),
      );
      const [first] = damage;
      const owner = step.world.ledger.get(first.block.owner);
      step.raise("heap-corruption", messages.headerCorruption(damage, owner, foundText(region, first)));
    } else {
      const damage = region.linkDamage(from, to).filter((entry) => entry.address < to && entry.address + 8 > from);
      if (damage.length === 0) continue;
      remember(
        step,
        damage.map((entry) => entry.address),
      );
      step.raise("heap-corruption", messages.linkCorruption(damage, region.options.name));
    }
  }
}

function remember(step: Step, addresses: readonly number[]): void {
  const { damage } = step.world;
  for (const address of addresses.slice(0, 1000)) {
    if (damage.size < 10_000) damage.set(address, { line: step.line, step: step.world.step });
  }
}

/** The value that a damaged field holds now, exact even where a number would be rounded. */
export function foundText(heap: HeapContract, { address, found }: HeaderDamage): string {
  if (found <= Number.MAX_SAFE_INTEGER || heap.bytes === null) return shown(found);
  return littleEndian(heap.bytes.read(address, 8));
}
