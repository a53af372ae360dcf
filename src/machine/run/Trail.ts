import { roomFor } from "../../engine/columns";

/** Asked of a position: the line that executes next there (null at the end), and whether the step before raised problems. */
export type PositionTest = (line: number | null, hasRaised: boolean) => boolean;

/** No line: the program is over. */
const over = -1;
/** More instructions than any program has. */
const everything = 2 ** 32 - 1;

/**
 * What is known of each position that a run has reached, in nine bytes: the line that executes next there, and whether
 * the step before raised problems. Answers where a run last stood at some line without executing anything again.
 */
export class Trail {
  private lines = new Int32Array(1024);
  /** 1 where the step before raised problems. */
  private raised = new Uint8Array(1024);
  /** Length of the program prefix that had influenced the run by then; never decreases. */
  private seen = new Uint32Array(1024);
  private length = 0;

  /** Notes the next position. */
  push(line: number | null, hasRaised: boolean, seen: number): void {
    this.reserve(this.length + 1);
    this.seen[this.length] = Math.min(seen, everything);
    this.raised[this.length] = hasRaised ? 1 : 0;
    this.lines[this.length++] = line ?? over;
  }

  /** Forgets all positions after the given one. */
  truncate(position: number): void {
    this.length = Math.min(this.length, position + 1);
  }

  /** The line that executes next at the position; null at the end. */
  lineAt(position: number): number | null {
    const line = this.lines[position];
    return line === over ? null : line;
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
    for (let position = Math.min(before, this.length) - 1; position >= from; position--) {
      if (test(this.lineAt(position), this.raised[position] === 1)) return position;
    }
    return -1;
  }

  private reserve(length: number): void {
    this.lines = roomFor(this.lines, length - 1);
    this.raised = roomFor(this.raised, length - 1);
    this.seen = roomFor(this.seen, length - 1);
  }
}
