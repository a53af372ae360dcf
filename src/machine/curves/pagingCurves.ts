import type { ReplacementName } from "../../engine/replacement/createPolicy";
import { beladyAnomaly } from "../../engine/replacement/curves/fifoCurve";
import { WorkingSetCurve } from "../../engine/replacement/curves/workingSet";
import { runToEnd, type Work } from "../../language/coroutines";
import { faultCounts, usualCurveOptions, type CurveOptions } from "./faultCounts";

export interface FaultCurve {
  readonly policy: ReplacementName;
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

/** What curves are to be of; what is left out is chosen by what is affordable. */
export interface CurveRequest {
  readonly policies?: readonly ReplacementName[] | undefined;
  /** Numbers of frames, each once, ascending. */
  readonly sizes?: readonly number[] | undefined;
  readonly options?: CurveOptions;
}

const usualPolicies: readonly ReplacementName[] = ["fifo", "lru", "opt"];

/** Sizes shown at most: a curve needs no more, and most policies are run once for each. */
const mostPoints = 64;
/** References that all runs of one policy together may cost, and steps of the stack of the optimal policy. */
const mostWork = 20_000_000;

/** The curves of FIFO, LRU and the optimal policy up to the size where every page fits, as far as that is affordable. */
export function pagingCurves(pages: Float64Array): PagingCurves {
  return runToEnd(curvesOf(pages));
}

/** The same of the policies and at the sizes that are asked for. */
export function* curvesOf(pages: Float64Array, request: CurveRequest = {}): Work<PagingCurves> {
  const { policies = usualPolicies, options = usualCurveOptions } = request;
  const workingSet = new WorkingSetCurve(pages);
  const sizes = request.sizes ?? affordableSizes(pages.length, workingSet.pages);
  const curves: FaultCurve[] = [];
  for (const policy of policies) {
    yield curves.length / policies.length;
    curves.push({ policy, faults: yield* faultCounts(policy, pages, sizes, options) });
  }
  const fifo = curves.find(({ policy }) => policy === "fifo");
  return {
    references: pages.length,
    pages: workingSet.pages,
    sizes,
    curves,
    anomaly: fifo === undefined ? null : beladyAnomaly(sizes, fifo.faults),
    workingSet: spread(pages.length, 32).map((window) => ({ window, pages: workingSet.meanSize(window) })),
  };
}

/** Up to the size where every page fits, and few enough that one run for each is no wait. */
function affordableSizes(references: number, pages: number): number[] {
  const runs = Math.floor(mostWork / Math.max(1, references));
  const largest = Math.max(1, Math.min(pages, runs));
  return spread(largest, Math.min(mostPoints, Math.max(4, runs)));
}

/** Whole numbers from 1 to the last, at most so many: all of them, or spread evenly with both ends. */
function spread(last: number, most: number): number[] {
  const count = Math.min(last, most);
  const numbers = Array.from({ length: count }, (_, k) =>
    count === 1 ? last : Math.round(1 + (k * (last - 1)) / (count - 1)),
  );
  return [...new Set(numbers)];
}
