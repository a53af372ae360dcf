import { toHex } from "../../engine/address";
import { type EngineEvent, eventsOf } from "../../engine/events";
import { sayCount, say, series, type Phrase } from "../../language/phrases";
import { policies } from "../../engine/heap/policies";
import type { Allocation } from "../state/allocation";
import { isHeap, type FixedSizeRegion, type Region } from "../state/regions";
import { blockCount, byteCount } from "./counts";
import type { Step } from "../step/Step";

/** "First fit looked at 3 free blocks, took the one at 0x10040 (160 bytes) and split it: 136 used, 24 free." */
export function allocationStory(step: Step, region: Region, address: number, size: number): Phrase {
  const events = step.world.log.toArray();
  if (!isHeap(region)) return fixedSizeStory(region, address, events);
  const growth = eventsOf(events, "grow").map(({ newEnd }) => say("The heap grew to {0}.", toHex(newEnd)));
  const splits = eventsOf(events, "split");
  const split = splits.at(-1);
  const allocated = eventsOf(events, "allocate").at(-1);
  // The block may be cut from the middle or the high end of what was found.
  const place = toHex(splits.reduce((least, { rest }) => Math.min(least, rest), allocated?.addr ?? address));
  const free = splits.reduce((sum, { restSize }) => sum + restSize, 0);
  const looked = eventsOf(events, "search").at(-1)?.searched ?? region.lastSearched;
  const { title, powersOfTwo } = policies[region.options.policy];
  const found = [
    title,
    sayCount(looked, "{0} free block", "{0} free blocks"),
    place,
    byteCount(
      split === undefined
        ? (allocated?.size ?? size)
        : powersOfTwo
          ? splits[0].size + splits[0].restSize
          : split.size + free,
    ),
  ];
  const story =
    split === undefined
      ? say("{0} looked at {1}, took the one at {2} whole ({3}).", ...found)
      : powersOfTwo
        ? say(
            "{0} looked at {1}, took the one at {2} ({3}) and halved it {4}: {5} used.",
            ...found,
            timesPhrase(splits.length),
            split.size,
          )
        : say(
            "{0} looked at {1}, took the one at {2} ({3}) and split it: {4} used, {5} free.",
            ...found,
            split.size,
            free,
          );
  return series([...growth, story]);
}

function fixedSizeStory(region: FixedSizeRegion, address: number, events: readonly EngineEvent[]): Phrase {
  const { name } = region.options;
  const { usedBlocks, freeBlocks } = region.stats();
  const index = region.blockAt(address)?.index ?? 0;
  const left = [toHex(address), usedBlocks, freeBlocks];
  if (region.kind === "pool") {
    const grown = eventsOf(events, "pool-grow").at(-1);
    const growth =
      grown === undefined ? "" : say("The pool grew from {0} to {1}.", grown.oldCount, blockCount(grown.newCount));
    return series([growth, say("Pool `{0}` handed out block {1} at {2}: {3} in use, {4} free.", name, index, ...left)]);
  }
  const slab = Math.floor(index / region.stats().objectsPerSlab);
  return eventsOf(events, "slab-create").length === 0
    ? say(
        "Slab cache `{0}` handed out object {1} of slab {2} at {3}: {4} in use, {5} free.",
        name,
        index,
        slab,
        ...left,
      )
    : say(
        "Slab cache `{0}` handed out object {1} of the new slab {2} at {3}: {4} in use, {5} free.",
        name,
        index,
        slab,
        ...left,
      );
}

/** "Freed `a`: 136 bytes at 0x10000, merged with 1 free neighbour into a free block of 1048576 bytes at 0x10000." */
export function freeStory(step: Step, block: Allocation): Phrase {
  const events = step.world.log.toArray();
  const freed = events.find((event) => event.kind === "free" || event.kind === "pool-free");
  const name = block.handle === null ? say("the block") : `\`${block.handle}\``;
  const size = freed?.kind === "free" ? freed.size : block.requested;
  const what = [name, byteCount(size), toHex(freed?.addr ?? block.address)];
  const trimmed = eventsOf(events, "trim");
  const given = trimmed.reduce((sum, { oldEnd, newEnd }) => sum + oldEnd - newEnd, 0);
  const story = freedStory(what, events);
  if (given === 0) return story;
  return series([
    story,
    say("The heap gave back {0} and now ends at {1}.", byteCount(given), toHex(trimmed[trimmed.length - 1].newEnd)),
  ]);
}

function freedStory(what: readonly Phrase[], events: readonly EngineEvent[]): Phrase {
  const entered = eventsOf(events, "quarantine-enter").at(-1);
  if (entered !== undefined) return quarantineStory(what, entered, events);
  const merged = eventsOf(events, "coalesce");
  const whole = merged.at(-1);
  if (whole === undefined) return say("Freed {0}: {1} at {2}.", ...what);
  const neighbours = sayCount(merged.length, "{0} free neighbour", "{0} free neighbours");
  return say(
    "Freed {0}: {1} at {2}, merged with {3} into a free block of {5} at {4}.",
    ...what,
    neighbours,
    toHex(whole.addr),
    byteCount(whole.size),
  );
}

/** "Freed `a`: 40 bytes at 0x10000, now in quarantine with 104 bytes of other blocks. 1 block left quarantine and is free." */
function quarantineStory(
  what: readonly Phrase[],
  entered: EngineEvent<"quarantine-enter">,
  events: readonly EngineEvent[],
): Phrase {
  const left = eventsOf(events, "quarantine-leave");
  const others = entered.quarantined - entered.size - left.reduce((sum, { size }) => sum + size, 0);
  const isTooLarge = left.some(({ addr }) => addr === entered.addr);
  const story = isTooLarge
    ? say("Freed {0}: {1} at {2}, more than the quarantine holds.", ...what)
    : others === 0
      ? say("Freed {0}: {1} at {2}, now in quarantine.", ...what)
      : say("Freed {0}: {1} at {2}, now in quarantine with {3} of other blocks.", ...what, byteCount(others));
  const released =
    left.length === 0
      ? ""
      : sayCount(left.length, "{0} block left quarantine and is free.", "{0} blocks left quarantine and are free.");
  return series([story, released]);
}

function timesPhrase(count: number): Phrase {
  return count === 1 ? say("once") : count === 2 ? say("twice") : say("{0} times", count);
}
