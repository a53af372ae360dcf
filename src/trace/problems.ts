/** Something wrong with the text of a trace. `line` is 0-based. */
export interface TraceProblem {
  readonly line: number;
  readonly message: string;
}

/** Lines that are not the trace's, such as what the program printed: they are passed over. */
export interface StrayLines {
  readonly count: number;
  /** 0-based line of the first one; -1: there is none. */
  readonly first: number;
}

/** Entries that are kept of each list. */
const most = 1000;

/** The first thousand entries and the count of all, so that a junk file does not become a million objects. */
export class FirstOfMany<Entry> {
  readonly first: Entry[] = [];
  count = 0;

  push(entry: Entry): void {
    this.count++;
    if (this.first.length < most) this.first.push(entry);
  }
}

/** What is wrong with the text of a trace. */
export class TraceProblems extends FirstOfMany<TraceProblem> {
  private strayCount = 0;
  private firstStray = -1;

  get strays(): StrayLines {
    return { count: this.strayCount, first: this.firstStray };
  }

  add(line: number, message: string): void {
    this.push({ line, message });
  }

  /** Notes a line that does not have the form of the trace's lines. */
  stray(line: number): void {
    if (this.strayCount++ === 0) this.firstStray = line;
  }
}
