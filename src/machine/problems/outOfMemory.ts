import { toHex } from "../../engine/address";
import type { HeapPolicy } from "../../engine/heap/policies";
import type { Words } from "../../language/Words";
import { refusedOperationText, type RefusedOperation } from "../replay/refusals";
import type { BlockFacts, RegionFacts } from "./facts";
import { blockText, originLines, regionName } from "./phrases";
import { tellVariant, type FactsOfVariants, type Told } from "../../language/variants";
import { problemKind } from "./ProblemKind";

/** A request that a heap has no room for. Sizes in bytes; those of the heap are of whole blocks. */
export interface OutOfMemory {
  readonly heap: string;
  readonly policy: HeapPolicy;
  readonly requested: number;
  /** Of `align=`, 1 without it. */
  readonly align: number;
  /** What a block has besides the payload. */
  readonly parts: { readonly header: boolean; readonly footer: boolean; readonly redZones: boolean };
  readonly freeBytes: number;
  readonly freeBlocks: number;
  readonly largestFree: number;
  readonly quarantinedBytes: number;
  readonly quarantinedBlocks: number;
  /** What `max=` lets a growing heap have; null for one that does not grow. */
  readonly most: number | null;
  /** What the heap could still do; null when explanations have become too expensive. */
  readonly shortage: ShortageFacts | null;
}

export interface ShortageFacts {
  /** The block that the request needs. */
  readonly need: number;
  /** The free bytes that compaction would put together. */
  readonly compacted: number;
  readonly compactionServes: boolean;
  /** A free block that is large enough and does not serve. */
  readonly passedOver: { readonly address: number; readonly size: number } | null;
  readonly obstacle: ObstacleFacts | null;
}

/** The blocks between neighbouring free ones: `count` of them with so many bytes, the first of them by name. */
export interface ObstacleFacts {
  readonly blocks: readonly {
    readonly address: number;
    readonly isQuarantined: boolean;
    readonly owner: BlockFacts | null;
  }[];
  readonly count: number;
  readonly bytes: number;
  readonly hole: number;
}

export interface PoolExhausted {
  readonly region: RegionFacts;
  /** All in use. */
  readonly blocks: number;
  /** Bytes. */
  readonly blockSize: number;
  /** What `max=` allows, blocks of a pool or slabs of a cache; null for a pool that does not grow. */
  readonly max: number | null;
}

function tellOutOfMemory(facts: OutOfMemory, words: Words): Told {
  const { heap, policy, requested, freeBytes, freeBlocks, largestFree, shortage, most } = facts;
  const sizes = [words.bytes(freeBytes), words.count(freeBlocks, "{0} block", "{0} blocks"), words.bytes(largestFree)];
  const parts = [
    words.say("Out of memory: `{0}` has no room for {1}{2}.", heap, words.bytes(requested), needText(facts, words)),
    policy === "bump"
      ? words.say("{0} are free in {1}; `bump` can use at most {2}.", ...sizes)
      : words.say("{0} are free in {1}; the largest has {2}.", ...sizes),
  ];
  const passedOver = shortage?.passedOver ?? null;
  const obstacle = shortage?.obstacle ?? null;
  if (shortage !== null && passedOver !== null) parts.push(passedOverText(facts, passedOver, shortage.need, words));
  if (facts.quarantinedBytes > 0) {
    const blocks = words.count(facts.quarantinedBlocks, "{0} freed block", "{0} freed blocks");
    parts.push(words.say("{0} of {1} are in quarantine.", words.bytes(facts.quarantinedBytes), blocks));
  }
  if (most !== null) parts.push(words.say("`max=` keeps the heap from growing beyond {0}.", words.bytes(most)));
  if (shortage !== null) parts.push(compactionText(facts, shortage, words));
  if (obstacle !== null) parts.push(obstacleText(obstacle, words));
  const owners = obstacle?.blocks.map(({ owner }) => owner) ?? [];
  return { message: parts.join(" "), related: originLines(words, ...owners) };
}

/** " (a block of 64 bytes with its header)", as far as it is known. */
function needText({ parts, shortage }: OutOfMemory, words: Words): string {
  if (shortage === null) return "";
  const { need } = shortage;
  const named = [
    ...(parts.header ? [words.say("header")] : []),
    ...(parts.footer ? [words.say("footer")] : []),
    ...(parts.redZones ? [words.say("red zones")] : []),
  ];
  if (named.length === 0) return ` ${words.say("(a block of {0})", words.bytes(need))}`;
  return ` ${words.say("(a block of {0} with its {1})", words.bytes(need), words.list(named))}`;
}

/** Why a free block of enough bytes does not serve. */
function passedOverText(
  { policy, align }: OutOfMemory,
  block: { readonly address: number; readonly size: number },
  need: number,
  words: Words,
): string {
  const it = words.say("The free block of {0} at {1}", words.bytes(block.size), toHex(block.address));
  if (align > 1 && policy !== "bump") return words.say("{0} has no room for it at a multiple of {1}.", it, align);
  switch (policy) {
    case "tlsf":
      return words.say(
        "{0} is large enough, but its class also holds smaller blocks: `tlsf` serves from the first class in which every block has {1}.",
        it,
        words.bytes(need),
      );
    case "bump":
      return words.say("{0} is large enough, but `bump` uses nothing again before `reset` or `defrag`.", it);
    case "segregated":
      return words.say("{0} is large enough, but not among the few of its class that `segregated` looks at.", it);
    default:
      return words.say("{0} is large enough, but `{1}` passes it over.", it, policy);
  }
}

function compactionText(
  { policy, requested, largestFree }: OutOfMemory,
  { need, compacted, compactionServes }: ShortageFacts,
  words: Words,
): string {
  // Blocks of powers of two leave gaps between them, and what is put together is not one block either.
  if (!compactionServes && policy === "buddy") return words.say("Even `defrag` would not make room for it.");
  if (!compactionServes && compacted >= need) {
    return words.say(
      "`defrag` would make one free block of {0}, and the request would be refused all the same.",
      words.bytes(compacted),
    );
  }
  if (!compactionServes && compacted >= requested) {
    return words.say(
      "Even `defrag` would make one free block of {0}, {1} less than the block needs.",
      words.bytes(compacted),
      words.bytes(need - compacted),
    );
  }
  if (!compactionServes)
    return words.say("Even `defrag` would make only one free block of {0}.", words.bytes(compacted));
  const what =
    policy === "buddy"
      ? words.say("`defrag` would make room for it.")
      : words.say("`defrag` would make one free block of {0}, which is enough.", words.bytes(compacted));
  return largestFree < need && policy !== "bump" ? words.say("The memory is fragmented: {0}", what) : what;
}

function obstacleText({ blocks, count, bytes, hole }: ObstacleFacts, words: Words): string {
  if (count === 0)
    return words.say("Free neighbours are not merged: `coalesce` would make a free block of {0}.", words.bytes(hole));
  const names = blocks.map(({ address, isQuarantined, owner }) => {
    if (owner === null) return words.say("the block at {0}", toHex(address));
    return isQuarantined ? words.say("{0} in quarantine", blockText(owner, words)) : blockText(owner, words);
  });
  if (count === 1) {
    return words.say(
      "Only {0} is in the way: without it there would be a free block of {1}.",
      names.join(""),
      words.bytes(hole),
    );
  }
  return words.say(
    "{0} blocks of {1} are in the way, {2}: without them there would be a free block of {3}.",
    count,
    words.bytes(bytes),
    count > names.length ? `${names.join(", ")}, …` : words.list(names),
    words.bytes(hole),
  );
}

function tellExhausted({ region, blocks, blockSize, max }: PoolExhausted, words: Words): Told {
  const values = [regionName(region, words), words.bytes(blockSize), max ?? 0];
  if (region.kind === "slab") {
    const objects = words.count(blocks, "{0} object", "{0} objects");
    const message = words.say(
      "Pool exhausted: all {3} of {1} in {0} are in use, and `max={2}` allows no more slabs.",
      ...values,
      objects,
    );
    return { message };
  }
  const all = words.count(blocks, "{0} block", "{0} blocks");
  const message =
    max === null
      ? words.say("Pool exhausted: all {3} of {1} in {0} are in use.", ...values, all)
      : words.say("Pool exhausted: all {3} of {1} in {0} are in use, and `max={2}` allows no more.", ...values, all);
  return { message };
}

const shortages = {
  heap: tellOutOfMemory,

  /** An allocation of a trace. */
  trace: ({ refused }: { readonly refused: RefusedOperation }) => refusedOperationText(refused),
};

/** Requests that a heap, a pool or a slab cache has no room for. */
export const outOfMemory = {
  "out-of-memory": problemKind<FactsOfVariants<typeof shortages>>(
    {
      title: "Out of memory",
      explanation:
        "No free block serves the request. The message shows how much is free in total and the size of the largest free block: where the total would suffice, the memory is fragmented, and the message shows what `defrag` would make of it. It names the live blocks that are in the way: those of the run of neighbouring blocks that would become a large enough free block with the fewest bytes freed. It also shows what the policy adds: a free block that it passes over, bytes in quarantine, the `max=` of a growing heap. The handle is set to 0, as a null pointer.",
      advice: "Free blocks, enlarge the heap (or let it `grow=`), or reduce fragmentation with another policy.",
      example: "heap 1KiB\na = alloc 2000",
    },
    tellVariant(shortages),
  ),

  "pool-exhausted": problemKind<PoolExhausted>(
    {
      title: "Pool exhausted",
      explanation:
        "All blocks of the pool are in use, and it may not grow: a pool keeps its declared size unless `grow=` adds blocks, and `max=` limits the blocks of a pool and the slabs of a slab cache.",
      advice: "Free a block first, or declare the pool with more blocks.",
      example: "pool p 64 x 1\na = alloc 64 from=p\nb = alloc 64 from=p\nfree a",
    },
    tellExhausted,
  ),
};
