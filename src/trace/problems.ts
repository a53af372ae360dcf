/** Something wrong with a trace, found while reading it. `line` is 0-based. */
export interface TraceProblem {
  readonly line: number;
  readonly message: string;
}

/** The first problems of a trace and the count of all: a junk file must not become a million sentences. */
export class TraceProblems {
  readonly first: TraceProblem[] = [];
  count = 0;

  constructor(private readonly limit = 1000) {}

  add(line: number, message: string): void {
    this.count++;
    if (this.first.length < this.limit) this.first.push({ line, message });
  }
}
