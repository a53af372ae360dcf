import { lruCurve } from "../../engine/replacement/curves/lruCurve";
import { optCurve } from "../../engine/replacement/curves/optCurve";
import { WorkingSetCurve } from "../../engine/replacement/curves/workingSet";

/** How often a long reference stream faults in memories of all sizes, each policy in one pass, and its working set. */
export interface MissCurves {
  readonly references: number;
  /** Different pages. */
  readonly pages: number;
  /** Numbers of frames, ascending, the last one room for every page. */
  readonly sizes: readonly number[];
  /** Faults of LRU for each of the sizes. */
  readonly lru: readonly number[];
  /** Faults of the optimal policy for the first of the sizes, as far as it is affordable. */
  readonly opt: readonly number[];
  /** Mean size of the working set for windows of that many references, ascending (Denning 1968). */
  readonly workingSet: readonly { readonly window: number; readonly pages: number }[];
}

/** All sizes up to this, then so many to each doubling. */
const pointsEach = 64;
/** Steps of the stack of the optimal policy at most. */
const mostWork = 2_000_000_000;

export function missCurves(pages: Float64Array): MissCurves {
  const workingSet = new WorkingSetCurve(pages);
  const lru = lruCurve(pages);
  const sizes = ascending(workingSet.pages);
  const affordable = Math.min(workingSet.pages, Math.floor(mostWork / Math.max(1, pages.length)));
  const opt = affordable < 1 ? null : optCurve(pages, affordable);
  return {
    references: pages.length,
    pages: workingSet.pages,
    sizes,
    lru: sizes.map((frames) => lru.faults(frames)),
    opt: opt === null ? [] : sizes.filter((frames) => frames <= affordable).map((frames) => opt.faults(frames)),
    workingSet: ascending(pages.length).map((window) => ({ window, pages: workingSet.meanSize(window) })),
  };
}

/** The powers of two up to the last number, and that: the sizes at which a policy is run that is no stack algorithm. */
export function doublings(last: number): number[] {
  const numbers: number[] = [];
  for (let number = 1; number < last; number *= 2) numbers.push(number);
  return last > 0 ? [...numbers, last] : numbers;
}

/** Numbers from 1 to the last, all powers of two among them: all of the small ones, and ever fewer of the large ones. */
function ascending(last: number): number[] {
  const numbers: number[] = [];
  let step = 1;
  for (let number = 1; number < last; number += step) {
    numbers.push(number);
    if (number === 2 * pointsEach * step) step *= 2;
  }
  if (last > 0) numbers.push(last);
  return numbers;
}
