import { MissCurve } from "./MissCurve";
import { StackDistances } from "./StackDistances";

/**
 * The faults of LRU in memories of every size, in one pass over the references: a reference hits when the memory has at
 * least as many frames as its stack distance says (Mattson, Gecsei, Slutz and Traiger 1970).
 */
export function lruCurve(pages: ArrayLike<number>): MissCurve {
  const stack = new StackDistances();
  let counts = new Float64Array(1024);
  for (let time = 0; time < pages.length; time++) {
    const distance = stack.reference(pages[time]);
    if (distance >= counts.length) {
      const longer = new Float64Array(2 ** Math.ceil(Math.log2(distance + 1)));
      longer.set(counts);
      counts = longer;
    }
    counts[distance]++;
  }
  return new MissCurve(pages.length, counts.subarray(0, stack.depth + 1));
}
