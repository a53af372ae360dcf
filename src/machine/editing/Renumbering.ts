import type { Problem } from "../records";

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

  /** Names lines anew in the place of a column with so many. */
  lineColumn(lines: Int32Array, length: number): void {
    if (this.lines !== null) for (let at = 0; at < length; at++) lines[at] = this.line(lines[at]);
  }

  /** The same with steps. */
  stepColumn(steps: Float64Array, length: number): void {
    if (this.later !== 0) for (let at = 0; at < length; at++) steps[at] = this.step(steps[at]);
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
