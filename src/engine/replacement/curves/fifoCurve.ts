import { PageCache } from "../PageCache";

/**
 * The faults of first in, first out in a memory of each of the sizes; one run a size, since a larger memory does not
 * always hold what a smaller one does, and may fault more often (Belady, Nelson and Shedler 1969).
 */
export function fifoCurve(pages: Float64Array | Uint32Array, sizes: readonly number[]): number[] {
  return sizes.map((frames) => {
    const cache = new PageCache(frames, "fifo");
    cache.run(pages);
    return cache.stats.faults;
  });
}

/** The first pair of sizes, in ascending order, of which the larger faults more often, if there is one. */
export function beladyAnomaly(sizes: readonly number[], faults: readonly number[]): readonly [number, number] | null {
  const at = sizes.findIndex((_, index) => index > 0 && faults[index] > faults[index - 1]);
  return at === -1 ? null : [sizes[at - 1], sizes[at]];
}
