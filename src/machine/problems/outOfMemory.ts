import { toHex } from "../../engine/address";
import type { HeapPolicy } from "../../engine/heap/policies";
import type { Words } from "../../language/Words";
import { refusedOperationText, type RefusedOperation } from "../replay/refusals";
import type { BlockFacts, RegionFacts } from "./facts";
import { blockName, lineName, originLines, regionName } from "./phrases";
import type { Told } from "../../language/variants";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

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

function tellOutOfMemory(facts: OutOfMemory, w: Words): Told {
  const { heap, policy, requested, freeBytes, freeBlocks, largestFree, shortage, most } = facts;
  const values = [heap, w.bytes(freeBytes), w.count(freeBlocks, "{0} block", "{0} blocks"), w.bytes(largestFree)];
  const room =
    policy === "bump"
      ? w.say("`{0}` has {1} free in {2}, the largest that `bump` still cuts from of {3}", ...values)
      : w.say("`{0}` has {1} free in {2}, the largest of {3}", ...values);
  const parts = [w.say("no room for {0}{1}: {2}", w.bytes(requested), needText(facts, w), room)];
  const passedOver = shortage?.passedOver ?? null;
  const obstacle = shortage?.obstacle ?? null;
  if (shortage !== null && passedOver !== null) parts.push(passedOverText(facts, passedOver, shortage.need, w));
  if (facts.quarantinedBytes > 0) {
    const blocks = w.count(facts.quarantinedBlocks, "{0} freed block", "{0} freed blocks");
    parts.push(w.say("{0} of {1} wait in quarantine", w.bytes(facts.quarantinedBytes), blocks));
  }
  if (most !== null) parts.push(w.say("`max=` keeps the heap from growing beyond {0}", w.bytes(most)));
  if (shortage !== null) parts.push(compactionText(facts, shortage, w));
  if (obstacle !== null) parts.push(obstacleText(obstacle, w));
  const owners = obstacle?.blocks.map(({ owner }) => owner) ?? [];
  return { message: `${parts.join("; ")}.`, related: originLines(w, ...owners) };
}

/** " (a block of 64 with its header)", as far as it is known. */
function needText({ parts, shortage }: OutOfMemory, w: Words): string {
  if (shortage === null) return "";
  const { need } = shortage;
  const named = [
    ...(parts.header ? [w.say("header")] : []),
    ...(parts.footer ? [w.say("footer")] : []),
    ...(parts.redZones ? [w.say("red zones")] : []),
  ];
  if (named.length === 0) return ` ${w.say("(a block of {0})", need)}`;
  return ` ${w.say("(a block of {0} with its {1})", need, w.list(named))}`;
}

/** Why a free block of enough bytes does not serve. */
function passedOverText(
  { policy, align }: OutOfMemory,
  block: { readonly address: number; readonly size: number },
  need: number,
  w: Words,
): string {
  const it = w.say("the free block of {0} at {1}", w.bytes(block.size), toHex(block.address));
  if (align > 1 && policy !== "bump") return w.say("{0} has no room for it at a multiple of {1}", it, align);
  switch (policy) {
    case "tlsf":
      return w.say(
        "{0} is large enough, but `tlsf` takes only from classes in which every block has {1}",
        it,
        w.bytes(need),
      );
    case "bump":
      return w.say("{0} is large enough, but `bump` uses nothing again before `reset` or `defrag`", it);
    case "segregated":
      return w.say("{0} is large enough, but not among the few of its class that `segregated` looks at", it);
    default:
      return w.say("{0} is large enough, but `{1}` passes it over", it, policy);
  }
}

function compactionText(
  { policy, largestFree }: OutOfMemory,
  { need, compacted, compactionServes }: ShortageFacts,
  w: Words,
): string {
  // Blocks of powers of two leave gaps between them, and what is put together is not one block either.
  if (!compactionServes && policy === "buddy") return w.say("even `defrag` would not make room for it");
  if (!compactionServes) return w.say("even `defrag` would give only one hole of {0}", w.bytes(compacted));
  const what =
    policy === "buddy"
      ? w.say("`defrag` would make room for it")
      : w.say("`defrag` would make one hole of {0}, enough for it", w.bytes(compacted));
  return largestFree < need && policy !== "bump" ? w.say("the memory is fragmented: {0}", what) : what;
}

function obstacleText({ blocks, count, bytes, hole }: ObstacleFacts, w: Words): string {
  if (count === 0) return w.say("free neighbours are not merged: `coalesce` would make a hole of {0}", w.bytes(hole));
  const names = blocks.map(({ address, isQuarantined, owner }) => {
    if (owner === null) return w.say("the block at {0}", toHex(address));
    return isQuarantined
      ? w.say("{0} in quarantine", blockName(owner, w))
      : w.say("{0} from {1}", blockName(owner, w), lineName(owner.line, w));
  });
  if (count === 1) {
    return w.say("{0} stands in the way: without it there would be a hole of {1}", names.join(""), w.bytes(hole));
  }
  return w.say(
    "{0} blocks of {1} stand in the way ({2}): without them there would be a hole of {3}",
    count,
    w.bytes(bytes),
    count > names.length ? `${names.join(", ")}, …` : w.list(names),
    w.bytes(hole),
  );
}

function tellExhausted({ region, blocks, blockSize, max }: PoolExhausted, w: Words): Told {
  const values = [regionName(region, w), w.bytes(blockSize), max ?? 0];
  if (region.kind === "slab") {
    const objects = w.count(blocks, "{0} object", "{0} objects");
    const message = w.say(
      "no free object in {0}: all {3} of {1} are in use, and `max={2}` allows no more slabs.",
      ...values,
      objects,
    );
    return { message };
  }
  const all = w.count(blocks, "{0} block", "{0} blocks");
  const message =
    max === null
      ? w.say("no free block in {0}: all {3} of {1} are in use.", ...values, all)
      : w.say("no free block in {0}: all {3} of {1} are in use, and `max={2}` allows no more.", ...values, all);
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
        "No free block serves the request. The message says how much is free in total and how large the largest hole is: when the total would suffice, the memory is there but fragmented, and the message says what `defrag` would give. It names the live blocks that stand in the way: those of the run of neighbouring blocks that would be a large enough hole with the fewest bytes freed. It also says what the policy adds: a free block that it passes over, bytes that wait in quarantine, `max=` of a heap that grows. The handle is set to 0, as a null pointer.",
      advice: "Free blocks, enlarge the heap (or let it `grow=`), or reduce fragmentation with another policy.",
      example: "heap 1KiB\na = alloc 2000",
    },
    tellVariant(shortages),
  ),

  "pool-exhausted": problemKind<PoolExhausted>(
    {
      title: "Pool exhausted",
      explanation:
        "All blocks of the pool are in use, and it may not grow: a pool is as large as it was declared unless `grow=` adds blocks, and `max=` bounds those of a pool and the slabs of a slab cache.",
      advice: "Free a block first, or declare the pool with more blocks.",
      example: "pool p 64 x 1\na = alloc 64 from=p\nb = alloc 64 from=p\nfree a",
    },
    tellExhausted,
  ),
};
