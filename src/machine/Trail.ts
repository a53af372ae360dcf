import type { PositionTest } from "./contract";

/** No line: the program is over. */
const over = 0;

/**
 * What is known of each position that a run has reached, in four bytes: the line that executes next there, and whether
 * the step before raised problems. Answers where a run last stood at some line without executing anything again.
 */
export class Trail {
  /** Twice the line plus one, and one more when the step before raised problems. */
  private marks = new Uint32Array(1024);
  private length = 0;

  /** Notes the next position. */
  push(line: number | null, hasRaised: boolean): void {
    if (this.length === this.marks.length) {
      const marks = new Uint32Array(2 * this.length);
      marks.set(this.marks);
      this.marks = marks;
    }
    this.marks[this.length++] = 2 * (line === null ? over : line + 1) + (hasRaised ? 1 : 0);
  }

  /** The last position before `before`, and not before `from`, that passes the test; -1 when there is none. */
  lastBefore(before: number, from: number, test: PositionTest): number {
    const { marks } = this;
    for (let position = Math.min(before, this.length) - 1; position >= from; position--) {
      const line = marks[position] >>> 1;
      if (test(line === over ? null : line - 1, (marks[position] & 1) === 1)) return position;
    }
    return -1;
  }
}
