import { leakKinds } from "../leaks/kinds";
import { keptPerLine } from "./limits";
import { problemOf, type Problem } from "../problems/Problem";

/** A place in a log: how many problems were kept by then, and how many there were. */
export interface LogMark {
  readonly count: number;
  readonly total: number;
}

/** The problems of a run in order. A timeline: a mark is its length, and entries after a mark stay for returning. */
export class ProblemLog {
  private readonly entries: Problem[] = [];
  /** How many are kept of each kind and line. */
  private readonly places = new Map<string, number>();
  private count = 0;
  private total = 0;
  private view: readonly Problem[] | null = null;

  constructor(
    private readonly limit: number,
    /** Problems found by parsing: they come first and do not count for the limit. */
    private ofParsing: readonly Problem[],
  ) {}

  /** Those that are kept. */
  get kept(): readonly Problem[] {
    this.view ??= [...this.ofParsing, ...this.entries.slice(0, this.count)];
    return this.view;
  }

  /** All that there were, the ones not kept too. */
  get found(): number {
    return this.ofParsing.length + this.total;
  }

  /** The script was edited. */
  exchangeParsing(problems: readonly Problem[]): void {
    this.ofParsing = problems;
    this.view = null;
  }

  add(problem: Problem): void {
    this.total++;
    // The problem that ended the run is always kept.
    if (problem.id === "limit-exceeded") this.keep(problem);
    else if (this.count < this.limit) {
      if ((this.places.get(placeOf(problem)) ?? 0) < keptPerLine) this.keep(problem);
    } else if (this.count === this.limit) this.keep(this.overflow(problem));
  }

  /** How many more of distinct lines and kinds there can be until no further one is kept, whatever its line. */
  get room(): number {
    const fullPlaces = Math.ceil(this.count / (keptPerLine - leakKinds.length));
    return Math.max(0, this.limit + 1 - this.count) + leakKinds.length * fullPlaces;
  }

  /** Counts problems that would not be kept. */
  skip(problems: number): void {
    this.total += problems;
  }

  mark(): LogMark {
    return { count: this.count, total: this.total };
  }

  restore(mark: LogMark): void {
    this.count = mark.count;
    this.total = mark.total;
    this.view = null;
    this.places.clear();
    for (let index = 0; index < this.count; index++) this.countPlace(this.entries[index]);
  }

  private keep(problem: Problem): void {
    this.entries[this.count] = problem;
    this.count++;
    this.view = null;
    this.countPlace(problem);
  }

  private countPlace(problem: Problem): void {
    const place = placeOf(problem);
    this.places.set(place, (this.places.get(place) ?? 0) + 1);
  }

  private overflow(at: Problem): Problem {
    return problemOf("limit-exceeded", { kind: "problems", most: this.limit }, at);
  }
}

function placeOf(problem: Problem): string {
  return `${problem.line}:${problem.id}`;
}
