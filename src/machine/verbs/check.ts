import { sayCount, say, series, type Phrase } from "../../language/phrases";
import type { Heap } from "../../engine/heap/Heap";
import { reportGuardDamage } from "../access/guards";
import { blockCount } from "../stories/counts";
import { fieldFacts, linkFacts } from "../damage/damageFacts";
import type { Executors, Step } from "../step/Step";
import { isHeap, type FixedSizeRegion, type Region } from "../state/regions";

/** Damaged fields of a region reported at most. */
const longestReport = 100;

/** `check [NAME]`: headers, links, bookkeeping and guard bytes against the truth. */
function check(step: Step): void {
  const { world } = step;
  const name = step.word(step.operand("name"));
  const named = name === undefined ? undefined : world.region(name);
  if (name !== undefined && named === undefined) {
    step.raise("unknown-name", { kind: "region", name });
    return;
  }
  const regions = named === undefined ? [...world.regions()] : [named];
  const before = step.problems.length;
  for (const region of regions) {
    if (isHeap(region)) reportHeaders(step, region);
    else reportLinks(step, region);
    reportGuardDamage(step, region, region.base, region.end);
  }
  const found = step.problems.length - before;
  step.value = { kind: "text", text: found === 0 ? "sound" : "damaged" };
  const blocks = regions.reduce((sum, region) => sum + blocksOf(region), 0);
  step.tell(() =>
    found === 0
      ? say("Checked the {0} of {1}: no damage found.", checkedParts(regions), blockCount(blocks))
      : sayCount(found, "{0} damaged place found.", "{0} damaged places found."),
  );
}

/** "headers and red zones": what there is to compare. */
function checkedParts(regions: readonly Region[]): Phrase {
  const heaps = regions.filter(isHeap);
  const kinds = new Set(regions.map((region) => (isHeap(region) ? "heap" : region.kind)));
  const parts = [
    ...(heaps.length > 0 || kinds.size === 0 ? [say("headers")] : []),
    ...(kinds.has("pool") ? [say("links")] : []),
    ...(kinds.has("slab") ? [say("bookkeeping")] : []),
    ...(regions.some(isGuarded) ? [say("red zones")] : []),
  ];
  return series(parts, "and");
}

function isGuarded(region: Region): boolean {
  return "redzone" in region.options && region.options.redzone > 0;
}

function blocksOf(region: Region): number {
  const { usedBlocks, freeBlocks } = region.stats();
  return usedBlocks + freeBlocks + (isHeap(region) ? region.stats().quarantinedBlocks : 0);
}

function reportHeaders(step: Step, heap: Heap): void {
  for (const damage of heap.headerDamage(heap.base, heap.end).slice(0, longestReport)) {
    const facts = fieldFacts(step.world, heap, damage);
    step.raise("heap-corruption", { kind: "header-found", ...facts, culpritLine: culpritOf(step, damage.address) });
  }
}

function reportLinks(step: Step, region: FixedSizeRegion): void {
  for (const damage of region.linkDamage(region.base, region.end).slice(0, longestReport)) {
    const facts = linkFacts(region, damage);
    step.raise("heap-corruption", { kind: "link-found", ...facts, culpritLine: culpritOf(step, damage.address) });
  }
}

/** The line that damaged the field at an address, where it is known. */
function culpritOf({ world }: Step, address: number): number | null {
  return world.damage.get(address)?.line ?? null;
}

export const checkExecutors: Executors = { check };
