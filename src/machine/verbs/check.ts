import type { Heap } from "../../engine/heap/Heap";
import { reportGuardDamage } from "../access/guards";
import { damagedBlock, foundText, linkText } from "../problems/damageMessages";
import { lineName, listed, plural, shown } from "../problems/wording";
import type { Executors, Report, Step } from "../step/Step";
import { isHeap, regionName, type FixedSizeRegion, type Region } from "../state/regions";

/** Damaged fields of a region reported at most. */
const longestReport = 100;

/** `check [NAME]`: headers, links, bookkeeping and guard bytes against the truth. */
function check(step: Step): void {
  const { world } = step;
  const name = step.word(step.operand("name"));
  const named = name === undefined ? undefined : world.region(name);
  if (name !== undefined && named === undefined) {
    step.raise("unknown-name", { message: `There is no heap, pool or slab cache \`${name}\` at this point.` });
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
  const blocks = regions.reduce((sum, region) => sum + blockCount(region), 0);
  step.story =
    found === 0
      ? `The ${checkedParts(regions)} of ${plural(blocks, "block")} agree with the truth.`
      : `${plural(found, "damaged place")} found.`;
}

/** "headers and red zones": what there is to compare. */
function checkedParts(regions: readonly Region[]): string {
  const heaps = regions.filter(isHeap);
  const kinds = new Set(regions.map((region) => (isHeap(region) ? "heap" : region.kind)));
  const parts = [
    ...(heaps.length > 0 || kinds.size === 0 ? ["headers"] : []),
    ...(kinds.has("pool") ? ["links"] : []),
    ...(kinds.has("slab") ? ["bookkeeping"] : []),
    ...(regions.some(isGuarded) ? ["red zones"] : []),
  ];
  return listed(parts);
}

function isGuarded(region: Region): boolean {
  return "redzone" in region.options && region.options.redzone > 0;
}

function blockCount(region: Region): number {
  const { usedBlocks, freeBlocks } = region.stats();
  return usedBlocks + freeBlocks + (isHeap(region) ? region.stats().quarantinedBlocks : 0);
}

function reportHeaders(step: Step, heap: Heap): void {
  const { world } = step;
  for (const damage of heap.headerDamage(heap.base, heap.end).slice(0, longestReport)) {
    const { block, field, address, expected } = damage;
    const whose = damagedBlock(damage, world.ledger.get(block.owner));
    const what = `the field \`${field}\` in the header of ${whose} is ${foundText(heap, damage)} and must be ${shown(expected)}`;
    step.raise("heap-corruption", withCulprit(step, what, address));
  }
}

function reportLinks(step: Step, region: FixedSizeRegion): void {
  for (const damage of region.linkDamage(region.base, region.end).slice(0, longestReport)) {
    const { address, expected, found } = damage;
    const what = `${linkText(damage)} of ${regionName(region)} is ${shown(found)} and must be ${shown(expected)}`;
    step.raise("heap-corruption", withCulprit(step, what, address));
  }
}

/** The sentence, ended by the line that damaged the field at the address, where it is known. */
function withCulprit({ world }: Step, what: string, address: number): Report {
  const culprit = world.damage.get(address);
  if (culprit === undefined) return { message: `${what}.` };
  return {
    message: `${what}; ${lineName(culprit.line)} did it.`,
    related: [{ line: culprit.line, message: "This line wrote over the field." }],
  };
}

export const checkExecutors: Executors = { check };
