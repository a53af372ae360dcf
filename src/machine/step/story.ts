import { toHex } from "../../engine/address";
import { type EngineEvent, eventsOf } from "../../engine/events";
import { policies } from "../../engine/heap/policies";
import { englishWords } from "../../language/Words";
import { messageOf } from "../problems/Problem";
import type { Allocation } from "../state/allocation";
import { bytes, plural, sentence } from "../problems/wording";
import { isHeap, regionName, type FixedSizeRegion, type Region } from "../state/regions";
import type { Step } from "./Step";

/** "First fit looked at 3 free blocks, took the one at 0x10040 (160 bytes) and split it: 136 used, 24 free." */
export function allocationStory(step: Step, region: Region, address: number, size: number): string {
  const events = step.world.log.toArray();
  if (!isHeap(region)) {
    return fixedSizeStory(region, address, events);
  }
  const parts = eventsOf(events, "grow").map(({ newEnd }) => `The heap grew to ${toHex(newEnd)}.`);
  const search = eventsOf(events, "search").at(-1);
  const splits = eventsOf(events, "split");
  const split = splits.at(-1);
  const allocated = eventsOf(events, "allocate").at(-1);
  const policy = policies[region.options.policy];
  const looked = plural(search?.searched ?? region.lastSearched, "free block");
  const free = splits.reduce((sum, { restSize }) => sum + restSize, 0);
  // The block may be cut from the middle or the high end of what was found.
  const place = toHex(Math.min(allocated?.addr ?? address, ...splits.map(({ rest }) => rest)));
  const whole = allocated?.size ?? size;
  const end =
    split === undefined
      ? `took the one at ${place} whole (${bytes(whole)})`
      : policy.powersOfTwo
        ? `took the one at ${place} (${bytes(splits[0].size + splits[0].restSize)}) and halved it ${timesText(splits.length)}: ${split.size} used`
        : `took the one at ${place} (${bytes(split.size + free)}) and split it: ${split.size} used, ${free} free`;
  parts.push(`${policy.title} looked at ${looked}, ${end}.`);
  return parts.join(" ");
}

function fixedSizeStory(region: FixedSizeRegion, address: number, events: readonly EngineEvent[]): string {
  const { usedBlocks, freeBlocks } = region.stats();
  const index = region.blockAt(address)?.index ?? 0;
  const grown = eventsOf(events, "pool-grow").at(-1);
  const made = eventsOf(events, "slab-create").at(-1);
  const before =
    grown === undefined ? "" : `The pool grew from ${grown.oldCount} to ${plural(grown.newCount, "block")}. `;
  const place =
    region.kind === "pool"
      ? `block ${index}`
      : `object ${index} of ${made === undefined ? "" : "the new "}slab ${Math.floor(index / region.stats().objectsPerSlab)}`;
  return `${before}${sentence(regionName(region))} handed out ${place} at ${toHex(address)}: ${usedBlocks} in use, ${freeBlocks} free.`;
}

/** "Freed `a`: 136 bytes at 0x10000 joined the free block after it; the hole has 1048576 bytes." */
export function freeStory(step: Step, block: Allocation): string {
  const events = step.world.log.toArray();
  const freed = events.find((event) => event.kind === "free" || event.kind === "pool-free");
  const merged = eventsOf(events, "coalesce");
  const name = block.handle === null ? "the block" : `\`${block.handle}\``;
  const size = freed?.kind === "free" ? freed.size : block.requested;
  const start = `Freed ${name}: ${bytes(size)} at ${toHex(freed?.addr ?? block.address)}`;
  const detained = quarantineStory(events);
  if (detained !== undefined) return `${start}${detained}`;
  const hole = merged.at(-1);
  if (hole === undefined) return `${start}.`;
  return `${start}, merged with ${plural(merged.length, "free neighbour")}; the hole at ${toHex(hole.addr)} has ${bytes(hole.size)}.`;
}

/** ", which wait in quarantine with 104 bytes more; the oldest block left it." */
function quarantineStory(events: readonly EngineEvent[]): string | undefined {
  const entered = eventsOf(events, "quarantine-enter").at(-1);
  if (entered === undefined) return undefined;
  const left = eventsOf(events, "quarantine-leave");
  const oldest = left.length === 0 ? "" : `; ${plural(left.length, "block")} left it to be free`;
  if (left.some(({ addr }) => addr === entered.addr)) return `, more than the quarantine holds${oldest}.`;
  const others = entered.quarantined - entered.size - left.reduce((sum, { size }) => sum + size, 0);
  return `, which wait in quarantine${others === 0 ? "" : ` with ${bytes(others)} of other blocks`}${oldest}.`;
}

/** What a statement without a story of its own did, from its events. */
export function fallbackStory(step: Step, events: readonly EngineEvent[]): string {
  const first = step.problems.at(0);
  if (first !== undefined) return `Refused: ${messageOf(first, englishWords)}`;
  return events.length === 0 ? "Nothing changed." : `${plural(events.length, "event")} happened.`;
}

function timesText(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
}
