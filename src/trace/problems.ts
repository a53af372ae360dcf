/** Something wrong with the text of a trace. `line` is 0-based. */
export interface TraceProblem {
  readonly line: number;
  readonly message: string;
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
  add(line: number, message: string): void {
    this.push({ line, message });
  }
}
