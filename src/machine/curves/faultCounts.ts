import type { ReplacementName } from "../../engine/replacement/createPolicy";
import { lruCurve } from "../../engine/replacement/curves/lruCurve";
import { optCurve } from "../../engine/replacement/curves/optCurve";
import { Future } from "../../engine/replacement/Future";
import { MersenneTwister } from "../../engine/replacement/MersenneTwister";
import { PageCache } from "../../engine/replacement/PageCache";
import type { Work } from "../../language/coroutines";
import type { Replacement } from "../verbs/vmDeclaration";

/** Options of policies, as a `vm` has them. */
export interface CurveOptions {
  /** References; the number of frames when undefined. */
  readonly window: number | undefined;
  readonly seed: number;
  /** What else policies may be told. */
  readonly variant?: Replacement["variant"];
}

export const usualCurveOptions: CurveOptions = { window: undefined, seed: 0 };

/** Steps of the stack of the optimal policy at most; beyond, each size is run by itself. */
const mostStackWork = 2_000_000_000;
/** References that one size is run through between two yields. */
const partLength = 100_000;

/**
 * The faults of a policy in memories of the sizes, numbers of frames from 1 on, in their order. `lru` and `opt` are stack
 * algorithms: one pass gives every size (Mattson, Gecsei, Slutz and Traiger 1970). Every other policy is run once for each
 * size. All references are reads. The share done is that of this policy.
 */
export function* faultCounts(
  policy: ReplacementName,
  pages: Float64Array,
  sizes: readonly number[],
  options: CurveOptions = usualCurveOptions,
): Work<readonly number[]> {
  if (policy === "lru") {
    const curve = lruCurve(pages);
    return sizes.map((frames) => curve.faults(frames));
  }
  const largest = sizes.reduce((most, frames) => Math.max(most, frames), 1);
  const deepest = Math.min(largest, pages.length);
  if (policy === "opt" && deepest * pages.length <= mostStackWork) {
    const curve = optCurve(pages, Math.max(1, deepest));
    return sizes.map((frames) => curve.faults(frames));
  }
  const future = policy === "opt" || policy === "unopt" ? new Future(pages) : null;
  const faults: number[] = [];
  for (const frames of sizes) {
    yield faults.length / sizes.length;
    faults.push(yield* countOf(policy, pages, frames, options, future));
  }
  return faults;
}

function* countOf(
  policy: ReplacementName,
  pages: Float64Array,
  frames: number,
  { window, seed, variant }: CurveOptions,
  future: Future | null,
): Work<number> {
  // More frames than references help nothing.
  const room = Math.max(1, Math.min(frames, pages.length));
  const cache = new PageCache(room, policy, {
    ...variant,
    random: new MersenneTwister(seed),
    ...(future === null ? {} : { future }),
    ...(window === undefined ? {} : { window, agingInterval: window }),
  });
  for (let begin = 0; begin < pages.length; begin += partLength) {
    cache.run(pages, null, begin, Math.min(pages.length, begin + partLength));
    if (begin + partLength < pages.length) yield;
  }
  return cache.stats.faults;
}
