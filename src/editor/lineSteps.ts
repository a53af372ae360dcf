/** Which steps a run executed on each line: where a hover on a line has to look. Lines are 0-based, steps 1-based. */
export class LineSteps {
  private readonly last: Float64Array;
  private readonly first: Float64Array;
  /** By step. */
  private lines = new Int32Array(1024);
  private steps = 0;

  constructor(lineCount: number) {
    this.last = new Float64Array(lineCount);
    this.first = new Float64Array(lineCount);
  }

  /** The same up to a step, for a script that has another number of lines below. */
  upTo(step: number, lineCount: number): LineSteps {
    const copy = new LineSteps(lineCount);
    for (let each = 1; each <= Math.min(step, this.steps); each++) copy.record(this.lines[each], each);
    return copy;
  }

  /** Takes the next step. */
  record(line: number, step: number): void {
    if (step >= this.lines.length) {
      const lines = new Int32Array(2 * step);
      lines.set(this.lines);
      this.lines = lines;
    }
    this.lines[step] = line;
    this.steps = step;
    if (this.first[line] === 0) this.first[line] = step;
    this.last[line] = step;
  }

  /** The line's last execution, or 0 when it never ran. */
  lastOn(line: number): number {
    return this.last[line] ?? 0;
  }

  /** The line's first execution, or 0 when it never ran. */
  firstOn(line: number): number {
    return this.first[line] ?? 0;
  }

  /** The last execution of the line, or else of the nearest line above that ran; 0 when none did. */
  lastAtOrAbove(line: number): number {
    for (let candidate = Math.min(line, this.last.length - 1); 0 <= candidate; candidate--) {
      if (this.last[candidate] !== 0) return this.last[candidate];
    }
    return 0;
  }

  /** Whether a line below ran: then the line is not the end of the script. */
  anyBelow(line: number): boolean {
    for (let candidate = line + 1; candidate < this.last.length; candidate++) {
      if (this.last[candidate] !== 0) return true;
    }
    return false;
  }
}
