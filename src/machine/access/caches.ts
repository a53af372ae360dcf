import type { CacheHierarchy } from "../../engine/cache/CacheHierarchy";
import { CacheTrail } from "../../engine/cache/CacheTrail";
import { cacheAccess, cacheResult, cacheResultNames } from "../../engine/cache/contract";
import { eventKindNumber } from "../../engine/events";
import type { AccessKind, Touch, VirtualMemoryOptions } from "../../engine/vm/contract";
import { plural } from "../problems/wording";
import type { World } from "../state/World";

const cacheEvent = eventKindNumber("cache");

/** What a step's references met in the caches. */
export interface CacheTrip {
  readonly references: number;
  /** Walks of page tables and page faults included. */
  readonly cycles: number;
  /** Of the first one. */
  readonly story: string;
}

/** Sends a reference through the caches, if there are any. `touch` says what its translation went through; null without a vm. */
export function throughCaches(
  world: World,
  physical: number,
  length: number,
  kind: AccessKind,
  touch: (Touch & { readonly vpn: number }) | null,
): void {
  const { caches, latencies, vm } = world;
  if (caches === null || length === 0) return;
  const before = caches.totals(latencies).cycles;
  caches.trail ??= new CacheTrail();
  if (world.cacheTrip === null) caches.trail.clear();
  const isWalked = touch !== null && touch.tlbHit !== true;
  const walk = isWalked && vm !== null ? walkAccesses(vm.options, vm.entry(touch.vpn)?.order ?? 0) : 0;
  caches.noteWalk(walk);
  if (touch?.faulted === true) caches.notePageFault();
  const references = caches.access(physical, length, cacheAccess[kind]);
  const cycles = caches.totals(latencies).cycles - before;
  world.log.push(cacheEvent, physical, length, references, cycles);
  const trip = world.cacheTrip;
  world.cacheTrip = {
    references: (trip?.references ?? 0) + references,
    cycles: (trip?.cycles ?? 0) + cycles,
    story: trip?.story ?? storyOf(caches, walk, touch?.faulted === true),
  };
}

/** "L1 miss (conflict), L2 hit: 14 cycles." */
export function cacheStory({ references, cycles, story }: CacheTrip): string {
  const what = references === 1 ? story : `${plural(references, "reference")} through the caches`;
  return `${what}: ${plural(cycles, "cycle")}.`;
}

function storyOf(caches: CacheHierarchy, walk: number, faulted: boolean): string {
  const parts = caches.path.flatMap(({ options }, k) => {
    const result = caches.results[k];
    if (result === cacheResult.none) return [];
    return result === cacheResult.hit
      ? [`${options.name} hit`]
      : [`${options.name} miss (${cacheResultNames[result]})`];
  });
  if (caches.reachedMemory) parts.push("memory");
  if (walk > 0) parts.push(`a walk of ${plural(walk, "level")}`);
  if (faulted) parts.push("a page fault");
  return parts.join(", ");
}

/** Entries that the processor reads in memory to translate the address of a page of 2^order least pages: one a level. */
export function walkAccesses({ paging, inverted, format }: VirtualMemoryOptions, order: number): number {
  if (!paging) return 0;
  if (inverted) return 1;
  let levels = format.indexBits.length;
  for (let rest = order; rest > 0 && levels > 1; levels--) rest -= format.indexBits[levels - 1];
  return levels;
}
