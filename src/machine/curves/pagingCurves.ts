import { beladyAnomaly, fifoCurve } from "../../engine/replacement/curves/fifoCurve";
import { lruCurve } from "../../engine/replacement/curves/lruCurve";
import { optCurve } from "../../engine/replacement/curves/optCurve";
import { WorkingSetCurve } from "../../engine/replacement/curves/workingSet";

export interface FaultCurve {
  readonly policy: "fifo" | "lru" | "opt";
  /** Faults for each of the sizes. */
  readonly faults: readonly number[];
}

/** How a reference stream behaves in memories of many sizes. */
export interface PagingCurves {
  readonly references: number;
  /** Different pages. */
  readonly pages: number;
  /** Numbers of frames, ascending. */
  readonly sizes: readonly number[];
  readonly curves: readonly FaultCurve[];
  /** Two sizes next to each other of which the larger faults more often under first in, first out (Belady's anomaly). */
  readonly anomaly: readonly [fewer: number, more: number] | null;
  /** Mean size of the working set for windows of that many references, ascending (Denning 1968). */
  readonly workingSet: readonly { readonly window: number; readonly pages: number }[];
}

/** Sizes shown at most: a curve needs no more, and FIFO is run once for each. */
const mostPoints = 64;
/** References that all runs of FIFO together may cost, and steps of the stack of the optimal policy. */
const mostWork = 20_000_000;

/** The curves of LRU, FIFO and the optimal policy up to the size where every page fits, as far as that is affordable. */
export function pagingCurves(pages: Float64Array): PagingCurves {
  const workingSet = new WorkingSetCurve(pages);
  const largest = Math.max(1, Math.min(workingSet.pages, Math.floor(mostWork / Math.max(1, pages.length))));
  const sizes = spread(largest, Math.min(mostPoints, Math.max(4, Math.floor(mostWork / Math.max(1, pages.length)))));
  const lru = lruCurve(pages);
  const opt = optCurve(pages, largest);
  const fifo = fifoCurve(pages, sizes);
  return {
    references: pages.length,
    pages: workingSet.pages,
    sizes,
    curves: [
      { policy: "fifo", faults: fifo },
      { policy: "lru", faults: sizes.map((frames) => lru.faults(frames)) },
      { policy: "opt", faults: sizes.map((frames) => opt.faults(frames)) },
    ],
    anomaly: beladyAnomaly(sizes, fifo),
    workingSet: spread(pages.length, 32).map((window) => ({ window, pages: workingSet.meanSize(window) })),
  };
}

/** Whole numbers from 1 to the last, at most so many: all of them, or spread evenly with both ends. */
function spread(last: number, most: number): number[] {
  const count = Math.min(last, most);
  const numbers = Array.from({ length: count }, (_, k) =>
    count === 1 ? last : Math.round(1 + (k * (last - 1)) / (count - 1)),
  );
  return [...new Set(numbers)];
}
