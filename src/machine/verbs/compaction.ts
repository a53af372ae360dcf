import { toHex } from "../../engine/address";
import { sayCount, say, series, type Phrase } from "../../language/phrases";
import type { Heap } from "../../engine/heap/Heap";
import { tripOnWalk } from "../damage/trip";
import { releasePages } from "../state/processHeaps";
import { blockCount, byteCount } from "../stories/counts";
import type { CompactedHeap, HoleFacts, MovedBlock } from "../records/records";
import type { Executors, Step } from "../step/Step";
import { followMoves } from "./nestedPools";
import { namedHeaps } from "./heap";

/** Moved blocks, or merged holes, listed at most; all are sayCount. */
const longestList = 100;
/** Of these, named in a story. */
const longestStory = 5;

/** `coalesce [NAME]`. */
function coalesce(step: Step): void {
  const heaps = namedHeaps(step);
  if (heaps === null) return;
  for (const heap of heaps) tripOnWalk(step, heap, "coalesce");
  const before = step.world.log.length;
  const merges = heaps.reduce((sum, heap) => sum + heap.coalesce(), 0);
  // A run of neighbours merges into its lowest block; what was said last of a block holds.
  const holes = new Map<number, number>();
  for (const event of step.world.log.toArray().slice(before)) {
    if (event.kind !== "coalesce") continue;
    holes.delete(event.absorbed);
    holes.set(event.addr, event.size);
  }
  const merged = [...holes].map(([address, size]) => ({ address, size }));
  step.value = { kind: "merges", merges, holes: merged.slice(0, longestList) };
  step.tell(() => {
    if (merges === 0) return say("No free blocks are adjacent: nothing to merge.");
    const list = merged
      .slice(0, longestStory)
      .map(({ address, size }) => say("{0} at {1}", byteCount(size), toHex(address)));
    return sayCount(
      merges,
      "Merged {0} pair of adjacent free blocks: {1}.",
      "Merged {0} pairs of adjacent free blocks: {1}.",
      listed(list, merged.length),
    );
  });
}

/** `defrag [NAME]`: blocks slide down, and every handle follows its block. */
function defrag(step: Step): void {
  const heaps = namedHeaps(step);
  if (heaps === null) return;
  const moved: MovedBlock[] = [];
  const compacted = heaps.map((heap) => compact(step, heap, moved));
  const moves = compacted.reduce((sum, heap) => sum + heap.moves, 0);
  step.value = { kind: "compaction", moves, heaps: compacted, moved: moved.slice(0, longestList) };
  step.tell(() => {
    const named = moved.slice(0, longestStory).map(({ handle, from, to }) => {
      const name = handle === null ? say("a block") : `\`${handle}\``;
      return say("{0} from {1} to {2}", name, toHex(from), toHex(to));
    });
    const list = moves === 0 ? "" : say("Moved with their handles: {0}.", listed(named, moves));
    return series([...compacted.map(compactionStory), list]);
  });
}

/** The first ones, then how many more there are. */
function listed(first: readonly Phrase[], count: number): Phrase {
  return series([...first, count > first.length ? say("and {0} more", count - first.length) : ""], ", ");
}

function compact(step: Step, heap: Heap, moved: MovedBlock[]): CompactedHeap {
  const { world } = step;
  tripOnWalk(step, heap, "defrag");
  const before = holeFacts(heap);
  const distances = new Map<number, number>();
  let movedBytes = 0;
  for (const { owner, from, to } of heap.defragment()) {
    const allocation = world.ledger.get(owner);
    if (allocation === undefined) continue;
    distances.set(owner, to - from);
    movedBytes += allocation.requested;
    if (moved.length < longestList) {
      moved.push({ handle: allocation.handle, from: allocation.address, to, size: allocation.requested });
    }
    world.ledger.move(owner, allocation.address + to - from, allocation.requested);
  }
  const moves = distances.size;
  followMoves(step, distances);
  world.handles.follow(distances);
  // Compaction writes every header anew.
  world.forgetDamage(heap);
  const pages = releasePages(heap);
  return {
    name: heap.options.name,
    moves,
    bytes: movedBytes,
    before,
    after: holeFacts(heap),
    ...(pages > 0 ? { pages } : {}),
  };
}

function holeFacts(heap: Heap): HoleFacts {
  const { largestFree, freeBlocks, externalFragmentation } = heap.stats();
  return { largestFree, freeBlocks, externalFragmentation };
}

/** "`main`: 2 blocks moved (80 bytes); largest free block 64 -> 200 bytes, free blocks 3 -> 1, …". */
function compactionStory({ name, moves, bytes, before, after, pages }: CompactedHeap): Phrase {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const given =
    pages === undefined
      ? ""
      : sayCount(
          pages,
          "; {0} page after the last block returned to the system",
          "; {0} pages after the last block returned to the system",
        );
  return say(
    "`{0}`: {1} moved ({2}); largest free block {3} -> {4}, free blocks {5} -> {6}, external fragmentation {7} -> {8}{9}.",
    name,
    blockCount(moves),
    byteCount(bytes),
    before.largestFree,
    byteCount(after.largestFree),
    before.freeBlocks,
    after.freeBlocks,
    percent(before.externalFragmentation),
    percent(after.externalFragmentation),
    given,
  );
}

export const compactionExecutors: Executors = { coalesce, defrag };
