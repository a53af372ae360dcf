import { Future } from "../Future";

/**
 * What windows of every length hold of a reference stream (Denning 1968; Denning and Schwartz 1972): W(t, τ) is the set
 * of pages used by the references t - τ + 1 to t.
 */
export class WorkingSetCurve {
  /** By interval from a use of a page to its next use: how often; index 0 counts the last uses of pages. */
  readonly intervals: Float64Array;
  /** Different pages of the stream. */
  readonly pages: number;
  /** By τ. */
  private readonly faultCounts: Float64Array;
  /** By τ: the sizes after each reference, added up. */
  private readonly sizeSums: Float64Array;

  constructor(pages: ArrayLike<number>) {
    const { length } = pages;
    const { next } = new Future(pages);
    this.intervals = new Float64Array(length + 1);
    /** By number of references that a use keeps its page in an endless window: how many uses. */
    const staying = new Float64Array(length + 1);
    for (let time = 0; time < length; time++) {
      staying[next[time] - time]++;
      this.intervals[next[time] < length ? next[time] - time : 0]++;
    }
    this.faultCounts = new Float64Array(length + 1);
    this.sizeSums = new Float64Array(length + 1);
    let faults = length;
    let longer = length;
    this.faultCounts[0] = faults;
    for (let window = 1; window <= length; window++) {
      // A window longer by one keeps the page one reference more for each use that is not cut short by the next one.
      this.sizeSums[window] = this.sizeSums[window - 1] + longer;
      longer -= staying[window];
      faults -= this.intervals[window];
      this.faultCounts[window] = faults;
    }
    [this.pages] = this.intervals;
  }

  /** References to a page outside the working set of the time before, for a window of τ references. */
  faults(window: number): number {
    return this.faultCounts[Math.min(window, this.faultCounts.length - 1)];
  }

  /** Pages in the working set, on average over the stream, for a window of τ references. */
  meanSize(window: number): number {
    const length = this.sizeSums.length - 1;
    return length === 0 ? 0 : this.sizeSums[Math.min(window, length)] / length;
  }
}
