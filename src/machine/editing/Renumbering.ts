import type { Problem } from "../records/records";

/** How the lines and steps of a run are called after an edit above them. Lines are 0-based, steps 1-based. */
export class Renumbering {
  constructor(
    /** By line before the edit; null: lines stay. */
    private readonly lines: Int32Array | null,
    /** Steps beyond this one are so many later. */
    private readonly lastStep: number,
    private readonly later: number,
  ) {}

  /** Whether anything is called otherwise. */
  get isNone(): boolean {
    return this.lines === null && this.later === 0;
  }

  /** Names lines anew in the place of a column with so many; what is negative is none and stays. */
  lineColumn(column: Int32Array, length: number): void {
    const { lines } = this;
    if (lines === null) return;
    for (let at = 0; at < length; at++) {
      const line = column[at];
      if (line >= 0 && line < lines.length) column[at] = lines[line];
    }
  }

  /** The same with steps, all of which are. */
  stepColumn(steps: Float64Array, length: number): void {
    const { lastStep, later } = this;
    if (later === 0) return;
    for (let at = 0; at < length; at++) if (steps[at] > lastStep) steps[at] += later;
  }

  line(line: number): number {
    return this.lines === null || line >= this.lines.length ? line : this.lines[line];
  }

  step(step: number): number {
    return step > this.lastStep ? step + this.later : step;
  }

  /** The same problem as a run of the edited script words it. */
  problem(problem: Problem): Problem {
    return {
      ...problem,
      line: this.line(problem.line),
      message: this.message(problem.message),
      related: problem.related.map(({ line, message }) => ({ line: this.line(line), message: this.message(message) })),
      step: this.step(problem.step),
    };
  }

  /** Messages name lines as `lineName` does. What stands in code quotes is the script's and no name of a line. */
  private message(message: string): string {
    if (this.lines === null) return message;
    return message.replace(/`[^`]*`|\bline (\d+)/g, (all: string, line: string | undefined) =>
      line === undefined ? all : `line ${this.line(Number(line) - 1) + 1}`,
    );
  }
}
