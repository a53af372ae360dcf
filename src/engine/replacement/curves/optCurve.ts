import { Future } from "../Future";
import { MissCurve } from "./MissCurve";

/**
 * The faults of the optimal policy in memories of 1 to `frames` frames, in one pass (Mattson, Gecsei, Slutz and Traiger
 * 1970, priority stacks): the page referenced goes to the top, and the page displaced moves down to where the referenced
 * one was, at each place changing with the page found there if that one is used later. O(references · frames) at most,
 * O(stack distance) for each reference: for long traces with many pages ask for few frames.
 *
 * Pages that are never used again stay in the order that the stack has, which changes no count of faults.
 */
export function optCurve(pages: ArrayLike<number>, frames: number): MissCurve {
  const future = new Future(pages);
  const counts = new Float64Array(frames + 1);
  /** From the top: when the page there is used next. That says which page it is, since a time has one. */
  const stack = new Int32Array(frames);
  let depth = 0;
  for (let time = 0; time < pages.length; time++) {
    let carried = future.next[time];
    let place = 0;
    for (; place < depth; place++) {
      const here = stack[place];
      if (place === 0 || here === time || here > carried) {
        stack[place] = carried;
        carried = here;
      }
      // What is used now is the page referenced: its former place takes the page carried down.
      if (carried === time) break;
    }
    if (place < depth) counts[place + 1]++;
    else if (depth < frames) stack[depth++] = carried;
  }
  return new MissCurve(pages.length, counts);
}
