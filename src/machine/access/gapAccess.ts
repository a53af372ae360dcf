import { blockFacts, regionFacts } from "../problems/facts";
import type { AccessVerb } from "../problems/phrases";
import type { FixedSizeRegion } from "../state/regions";
import type { Step } from "../step/Step";

/** An access between the blocks of a pool or slab cache. Bookkeeping may be read; what a write does to it is damage. */
export function checkGap(step: Step, region: FixedSizeRegion, address: number, length: number, kind: AccessVerb): void {
  const gap = region.gapAt(address);
  if (gap === undefined || gap.kind === "bookkeeping") return;
  const owner = step.world.ledger.get(gap.beside?.owner ?? -1);
  const freed = gap.kind === "returned" ? step.world.ledger.lastFreedAt(address) : undefined;
  const access = { access: kind, address, length };
  if (freed !== undefined) {
    const facts = { ...access, block: blockFacts(freed), newOwner: null, isInQuarantine: false };
    step.raise("use-after-free", { kind: "access", ...facts });
  } else if (owner === undefined) {
    step.raise("wild-access", { kind: "gap", ...access, gap: gap.kind, region: regionFacts(region) });
  } else {
    const id = address < owner.address ? "heap-underflow" : "heap-overflow";
    step.raise(id, { ...access, block: blockFacts(owner), victim: null, redZone: null });
  }
}
