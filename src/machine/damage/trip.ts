import { eventsOf } from "../../engine/events";
import type { HeaderDamage } from "../../engine/heap/blocks";
import type { Heap } from "../../engine/heap/Heap";
import type { LinkDamage } from "../../engine/pool/contract";
import type { Allocation } from "../state/allocation";
import { blockFacts } from "../problems/facts";
import type { Tripping } from "../problems/heapCorruption";
import type { Step } from "../step/Step";
import type { FixedSizeRegion } from "../state/regions";
import type { World } from "../state/World";
import { fieldFacts, linkFacts } from "./damageFacts";
import { isReadByWalk, readByFree, type ReadDamage, type TrustingVerb } from "./reads";

/** Damaged fields looked after, at most, and blocks of a free list followed: a heap in ruins must not cost more. */
const mostFields = 64;
const longestList = 256;

/** Before `free` or `realloc` of a used block: reports the damage that it reads. */
export function tripOnBlock(step: Step, heap: Heap, verb: "free" | "realloc", owner: Allocation): void {
  const { world } = step;
  if (world.damage.size === 0) return;
  const block = heap.blockAt(owner.address);
  if (block === undefined) return;
  report(step, heap, { operation: verb, block: blockFacts(owner) }, readByFree(heap, block));
}

/** Before `coalesce` or `defrag`: reports the damage that a walk over all blocks reads. */
export function tripOnWalk(step: Step, heap: Heap, verb: "coalesce" | "defrag"): void {
  const read = unrepaired(step.world, heap).filter((damage) => isReadByWalk(verb, damage));
  report(
    step,
    heap,
    { operation: verb, heap: heap.options.name },
    read.map((damage) => ({ damage, place: "walk" })),
  );
}

/**
 * Before an allocation: remembers the damaged free blocks and the list. What is returned is called after it, and
 * reports the damage in the blocks that it looked at on its way, in the one that it took and in that one's neighbours
 * in the list. Where a search does not begin at the list's head (`next-fit`, bins), the way to the block is not known.
 */
export function watchAllocation(step: Step, heap: Heap, size: number): () => void {
  const damaged = unrepaired(step.world, heap).filter(({ block }) => block.state === "free");
  if (damaged.length === 0) return () => undefined;
  const list: number[] = [];
  for (const { address } of heap.freeList()) if (list.push(address) === longestList) break;
  const { log } = step.world;
  return () => {
    const search = eventsOf(log.toArray(), "search").at(-1);
    if (search === undefined) return;
    const fromHead = ["first-fit", "best-fit", "worst-fit"].includes(heap.options.policy);
    const found = list.indexOf(search.found);
    const isRead = (address: number): boolean => {
      const at = list.indexOf(address);
      return (
        address === search.found ||
        (at >= 0 && ((fromHead && at < search.searched) || (found >= 0 && Math.abs(at - found) === 1)))
      );
    };
    const read = damaged.filter(({ block }) => isRead(block.address));
    report(
      step,
      heap,
      { operation: "alloc", heap: heap.options.name, size },
      read.map((damage) => ({ damage, place: "list" })),
    );
  };
}

/** Before an allocation from a pool or slab cache: the block that it will take leads to the one that comes after. */
export function tripOnPool(step: Step, pool: FixedSizeRegion): void {
  const { damage } = step.world;
  if (damage.size === 0) return;
  const head = pool.freeList().next();
  if (head.done === true) return;
  const slab = pool.kind === "slab" ? Math.floor(head.value / pool.stats().objectsPerSlab) : -1;
  const links = unrepairedLinks(step.world, pool).filter(({ field, index }) =>
    field === "link" || field === "bufctl" ? index === head.value : index === slab,
  );
  for (const link of links) {
    const culprit = markTripped(step.world, link.address, "alloc");
    if (culprit !== null)
      step.raise("heap-corruption", { kind: "link-read", ...linkFacts(pool, link), culpritLine: culprit });
  }
}

/** One problem for the fields that the operation reads and no operation of its kind has met since they were damaged. */
function report(step: Step, heap: Heap, by: Tripping, read: readonly ReadDamage[]): void {
  const { world } = step;
  const fresh = read.flatMap((entry) => {
    const culprit = markTripped(world, entry.damage.address, by.operation);
    return culprit === null ? [] : [{ ...entry, culprit }];
  });
  if (fresh.length === 0) return;
  const [{ damage, place }] = fresh;
  const culprits = [...new Set(fresh.map(({ culprit }) => culprit))].slice(0, 5).map((line) => ({ line }));
  const facts = { ...fieldFacts(world, heap, damage), by, place, more: fresh.length - 1, culprits };
  step.raise("heap-corruption", { kind: "header-read", ...facts });
}

/** Marks that an operation of this kind has met the damage; the line that did it, or null when there is nothing new. */
function markTripped(world: World, address: number, verb: TrustingVerb): number | null {
  const entry = world.damage.get(address);
  if (entry === undefined || entry.tripped.includes(verb)) return null;
  world.damage.set(address, { ...entry, tripped: [...entry.tripped, verb] });
  return entry.line;
}

/** The heap's damage that is there still; what the allocator has written anew since is forgotten. */
function unrepaired(world: World, heap: Heap): HeaderDamage[] {
  return stillDamaged(world, heap, (from, to) => heap.headerDamage(from, to));
}

function unrepairedLinks(world: World, pool: FixedSizeRegion): LinkDamage[] {
  return stillDamaged(world, pool, (from, to) => pool.linkDamage(from, to));
}

function stillDamaged<Damage extends { readonly address: number }>(
  { damage }: World,
  { base, end }: { readonly base: number; readonly end: number },
  damageIn: (from: number, to: number) => Damage[],
): Damage[] {
  const found: Damage[] = [];
  let looked = 0;
  for (const address of damage.keys()) {
    if (address < base || address >= end) continue;
    if (looked++ === mostFields) break;
    const entry = damageIn(address, address + 1).find((candidate) => candidate.address === address);
    if (entry === undefined) damage.delete(address);
    else found.push(entry);
  }
  return found;
}
