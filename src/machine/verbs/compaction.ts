import { toHex } from "../../engine/address";
import type { Heap } from "../../engine/heap/Heap";
import { tripOnWalk } from "../damage/trip";
import { releasePages } from "../state/processHeaps";
import { bytes, plural } from "../problems/wording";
import type { CompactedHeap, HoleFacts, MovedBlock } from "../records/records";
import type { Executors, Step } from "../step/Step";
import { followMoves } from "./nestedPools";
import { namedHeaps } from "./heap";

/** Moved blocks, or merged holes, listed at most; all are counted. */
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
  const list = merged.slice(0, longestStory).map(({ address, size }) => `${bytes(size)} at ${toHex(address)}`);
  const more = merged.length > list.length ? `, and ${merged.length - list.length} more` : "";
  step.story =
    merges === 0
      ? "No free blocks touch: nothing merged."
      : `${plural(merges, "pair")} of free neighbours merged: ${list.join(", ")}${more}.`;
}

/** `defrag [NAME]`: blocks slide down, and every handle follows its block. */
function defrag(step: Step): void {
  const heaps = namedHeaps(step);
  if (heaps === null) return;
  const moved: MovedBlock[] = [];
  const compacted = heaps.map((heap) => compact(step, heap, moved));
  const moves = compacted.reduce((sum, heap) => sum + heap.moves, 0);
  step.value = { kind: "compaction", moves, heaps: compacted, moved: moved.slice(0, longestList) };
  step.story = compacted.map(compactionStory).join(" ");
  const named = moved.slice(0, longestStory).map(({ handle, from, to }) => {
    return `${handle === null ? "a block" : `\`${handle}\``} from ${toHex(from)} to ${toHex(to)}`;
  });
  const more = moves > named.length ? `, and ${moves - named.length} more` : "";
  if (moves > 0) step.story += ` Moved, and every handle with its block: ${named.join(", ")}${more}.`;
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

/** "`main`: 2 blocks moved (80 bytes); largest hole 64 -> 200 bytes, free blocks 3 -> 1, …". */
function compactionStory({ name, moves, bytes: moved, before, after, pages }: CompactedHeap): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return (
    `\`${name}\`: ${plural(moves, "block")} moved (${bytes(moved)}); ` +
    `largest hole ${before.largestFree} -> ${bytes(after.largestFree)}, ` +
    `free blocks ${before.freeBlocks} -> ${after.freeBlocks}, ` +
    `external fragmentation ${percent(before.externalFragmentation)} -> ${percent(after.externalFragmentation)}` +
    (pages === undefined ? "." : `; ${plural(pages, "page")} behind the last block given back.`)
  );
}

export const compactionExecutors: Executors = { coalesce, defrag };
