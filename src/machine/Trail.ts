import type { PositionTest } from "./contract";

/** No line: the program is over. */
const over = 0;
/** More instructions than any program has. */
const everything = 2 ** 32 - 1;

/**
 * What is known of each position that a run has reached, in eight bytes: the line that executes next there, and whether
 * the step before raised problems. Answers where a run last stood at some line without executing anything again.
 */
export class Trail {
  /** Twice the line plus one, and one more when the step before raised problems. */
  private marks = new Uint32Array(1024);
  /** How many instructions from the first on had had a say by then; never falls. */
  private seen = new Uint32Array(1024);
  private length = 0;

  /** Notes the next position. */
  push(line: number | null, hasRaised: boolean, seen: number): void {
    if (this.length === this.marks.length) {
      this.marks = doubled(this.marks);
      this.seen = doubled(this.seen);
    }
    this.seen[this.length] = Math.min(seen, everything);
    this.marks[this.length++] = 2 * (line === null ? over : line + 1) + (hasRaised ? 1 : 0);
  }

  /** Forgets all positions after the given one. */
  truncate(position: number): void {
    this.length = Math.min(this.length, position + 1);
  }

  /** The last position that depends on no other instructions than the first `count`; -1 when there is none. */
  lastWithin(count: number): number {
    let low = -1;
    let high = this.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.seen[middle] <= count) low = middle;
      else high = middle - 1;
    }
    return low;
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

function doubled(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}
