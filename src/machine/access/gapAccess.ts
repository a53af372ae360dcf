import * as messages from "../problems/accessMessages";
import type { AccessVerb } from "../problems/accessMessages";
import { regionName, type FixedSizeReader, type FixedSizeRegion } from "../state/regions";
import type { Step } from "../step/Step";

const gapNames = {
  "red-zone": "the red zone",
  padding: "bytes between the blocks",
  bookkeeping: "the bookkeeping",
  returned: "a slab that was given back",
} as const;

/** "the red zone of pool `nodes`": what lies at an address that belongs to no block of its region. */
export function gapText(region: FixedSizeReader, address: number): string {
  const gap = region.gapAt(address);
  return gap === undefined ? "outside" : `${gapNames[gap.kind]} of ${regionName(region)}`;
}

/** An access between the blocks of a pool or slab cache. Bookkeeping may be read; what a write does to it is damage. */
export function checkGap(step: Step, region: FixedSizeRegion, address: number, length: number, kind: AccessVerb): void {
  const gap = region.gapAt(address);
  if (gap === undefined || gap.kind === "bookkeeping") return;
  const owner = step.world.ledger.get(gap.beside?.owner ?? -1);
  const freed = gap.kind === "returned" ? step.world.ledger.lastFreedAt(address) : undefined;
  if (freed !== undefined) step.raise("use-after-free", messages.useAfterFree(kind, address, length, freed, undefined));
  else if (owner === undefined) {
    step.raise("wild-access", messages.wild(kind, address, length, `this is ${gapText(region, address)}`));
  } else if (address < owner.address) step.raise("heap-underflow", messages.underflow(kind, address, length, owner));
  else step.raise("heap-overflow", messages.overflow(kind, address, length, owner));
}
