import type { CacheHierarchy } from "../../engine/cache/CacheHierarchy";
import { CacheTrail } from "../../engine/cache/CacheTrail";
import { cacheAccess, cacheResultNames } from "../../engine/cache/contract";
import { eventKindNumber } from "../../engine/events";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import type { Touch, VirtualMemoryOptions } from "../../engine/vm/contract";
import { sayCount, say, series, type Phrase } from "../../language/phrases";
import type { World } from "../state/World";
import { cycleCount } from "../stories/counts";

const missPhrases = {
  compulsory: say("compulsory"),
  capacity: say("capacity"),
  conflict: say("conflict"),
} as const;

const cacheEvent = eventKindNumber("cache");

/** What a step's references met in the caches. */
export interface CacheTrip {
  readonly references: number;
  /** Walks of page tables and page faults included. */
  readonly cycles: number;
  /** What the first one met. */
  readonly first: Phrase;
}

/**
 * Sends a reference through the caches; without any it goes to memory and leaves nothing but counts. `touch` says what its
 * translation went through; null without a vm.
 */
export function throughCaches(
  world: World,
  physical: number,
  length: number,
  kind: keyof typeof cacheAccess,
  touch: (Touch & { readonly vpn: number }) | null,
): void {
  const { caches, latencies, vm } = world;
  if (length === 0) return;
  const isWalked = touch !== null && touch.tlbHit !== true;
  const walk = isWalked && vm !== null ? walkOf(vm, touch.vpn) : 0;
  if (caches === null) {
    noteTouch(world.uncached, touch, walk);
    world.uncached.access(physical, length, cacheAccess[kind]);
    return;
  }
  const before = caches.totals(latencies).cycles;
  caches.trail ??= new CacheTrail();
  if (world.cacheTrip === null) caches.trail.clear();
  noteTouch(caches, touch, walk);
  const references = caches.access(physical, length, cacheAccess[kind]);
  const cycles = caches.totals(latencies).cycles - before;
  world.log.push(cacheEvent, physical, length, references, cycles);
  const trip = world.cacheTrip;
  world.cacheTrip = {
    references: (trip?.references ?? 0) + references,
    cycles: (trip?.cycles ?? 0) + cycles,
    first: trip?.first ?? tripOf(caches, walk, touch?.faulted === true),
  };
}

function noteTouch(caches: CacheHierarchy, touch: Touch | null, walk: number): void {
  if (touch !== null && touch.tlbHit !== null) caches.noteLookup();
  caches.noteWalk(walk);
  if (touch?.faulted === true) caches.notePageFault();
}

/** Entries that the processor reads to translate a page that is mapped. */
function walkOf({ options, current, pager }: VirtualMemory, vpn: number): number {
  // Only where huge pages may be is their size worth a look.
  const id = options.format.indexBits.length > 1 && !options.inverted ? current.mappingOf(vpn) : -1;
  return walkAccesses(options, id < 0 ? 0 : pager.mappings.order[id]);
}

/** "L1 miss (conflict), L2 hit: 14 cycles." */
export function cacheStory({ references, cycles, first }: CacheTrip): Phrase {
  return references === 1
    ? say("{0}: {1}.", first, cycleCount(cycles))
    : sayCount(
        references,
        "{0} reference through the caches: {1}.",
        "{0} references through the caches: {1}.",
        cycleCount(cycles),
      );
}

function tripOf(caches: CacheHierarchy, walk: number, faulted: boolean): Phrase {
  const parts: Phrase[] = caches.path.flatMap(({ options }, k) => {
    const result = caches.results[k];
    const name = cacheResultNames[result];
    if (name === "none") return [];
    return name === "hit" ? [say("{0} hit", options.name)] : [say("{0} miss ({1})", options.name, missPhrases[name])];
  });
  if (caches.reachedMemory) parts.push(say("memory"));
  if (walk > 0) parts.push(sayCount(walk, "a page walk of {0} level", "a page walk of {0} levels"));
  if (faulted) parts.push(say("a page fault"));
  return series(parts, ", ");
}

/** Entries that the processor reads in memory to translate the address of a page of 2^order least pages: one a level. */
export function walkAccesses({ paging, inverted, format }: VirtualMemoryOptions, order: number): number {
  if (!paging) return 0;
  if (inverted) return 1;
  let levels = format.indexBits.length;
  for (let rest = order; rest > 0 && levels > 1; levels--) rest -= format.indexBits[levels - 1];
  return levels;
}
