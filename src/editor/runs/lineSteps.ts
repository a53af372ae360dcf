/** What is asked of a run: how many steps it reached, and which line each of them executed. */
interface ExecutedLines {
  readonly reached: number;
  lineOf(step: number): number | null;
}

/** Which steps a run executed on each line: where a hover on a line has to look. Lines are 0-based, steps 1-based. */
export class LineSteps {
  /** By line; 0 for those that never ran. */
  private readonly last: Uint32Array;
  private readonly first: Uint32Array;

  constructor(lineCount: number, run: ExecutedLines) {
    this.last = new Uint32Array(lineCount);
    this.first = new Uint32Array(lineCount);
    for (let step = 1; step <= run.reached; step++) {
      const line = run.lineOf(step);
      if (line === null) continue;
      if (this.first[line] === 0) this.first[line] = step;
      this.last[line] = step;
    }
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
      const step = this.lastOn(candidate);
      if (step !== 0) return step;
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
