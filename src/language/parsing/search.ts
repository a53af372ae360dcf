/** The first index below `count` that passes a test which all behind it pass, too; `count` when none does. O(log n). */
export function firstPassing(count: number, test: (index: number) => boolean): number {
  let from = 0;
  let to = count;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (test(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
