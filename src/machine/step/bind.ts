import type { Allocation } from "../state/allocation";
import { isHeldAnywhere } from "../leaks/pointers";
import { raiseLeak } from "../leaks/report";
import { blockFacts } from "../problems/facts";
import type { Step } from "./Step";
import type { Value } from "../state/HandleTable";
import type { World } from "../state/World";

/** Bytes that one run may look through for pointers when handles are overwritten; past it the end of the run decides. */
const searchBudget = 64 * 1024 ** 2;

/**
 * Binds the statement's handle, if it has one. When the value before was the last handle of a live block, and no word
 * of memory leads into the block, that block is lost: the leak stands at its allocating line.
 */
export function bindTarget(step: Step, value: Value): void {
  const name = step.targetName();
  if (name === null) return;
  const { world } = step;
  const before = world.handles.set(name, value);
  if (before === undefined || before.allocation < 0) return;
  const id = before.allocation;
  if (!world.ledger.isLive(id) || world.handles.referencesTo(id) > 0 || world.lost.has(id)) return;
  const lost = world.ledger.get(id)!;
  if (mayBeHeld(world, lost)) return;
  world.lost.add(lost.id);
  const facts = { ids: [lost.id], block: blockFacts(lost), handle: name, overwritingLine: step.line } as const;
  raiseLeak(step, lost.line, { kind: "overwritten", loss: "definitely lost", ...facts });
}

/**
 * Whether memory leads into the block. A block whose address no `write` or `store` ever took as a value is not searched
 * for: a pointer that is pieced together from bytes counts only at the end of the run.
 */
function mayBeHeld(world: World, block: Allocation): boolean {
  const hint = world.escaped.get(block.id);
  if (hint === undefined) return false;
  if (holds(world, hint, block)) return true;
  world.searched += world.residentBytes() + 16 * (world.ledger.length + world.handles.size);
  return world.searched > searchBudget || isHeldAnywhere(world, block);
}

/** Whether the place that last took the block's address is in a live block and leads there still. */
function holds(world: World, place: number, block: Allocation): boolean {
  const owner = world.ownerAt(place);
  if (owner === undefined || place % 8 !== 0 || place + 8 > owner.address + owner.requested) return false;
  const bytes = world.regionAt(place)?.bytes;
  if (!bytes || bytes.firstUndefined(place, 8) !== -1) return false;
  const word = bytes.getInteger(place, 8);
  return word >= block.address && word < block.address + block.requested;
}
