import type { Problem } from "./records";
import { limitSettings } from "./limits";
import { catalogue } from "./problems/catalogue";

/** The problems of a run in order. A timeline: a mark is its length, and entries after a mark stay for returning. */
export class ProblemLog {
  private readonly entries: Problem[] = [];
  private count = 0;
  private total = 0;
  private view: readonly Problem[] | null = null;

  constructor(private readonly limit: number) {}

  /** Those that are kept. */
  get kept(): readonly Problem[] {
    this.view ??= this.entries.slice(0, this.count);
    return this.view;
  }

  /** All that there were, the ones not kept too. */
  get found(): number {
    return this.total;
  }

  add(problem: Problem): void {
    this.total++;
    if (this.count > this.limit) return;
    this.entries[this.count] = this.count === this.limit ? this.overflow(problem) : problem;
    this.count++;
    this.view = null;
  }

  mark(): { readonly count: number; readonly total: number } {
    return { count: this.count, total: this.total };
  }

  restore(mark: ReturnType<ProblemLog["mark"]>): void {
    this.count = mark.count;
    this.total = mark.total;
    this.view = null;
  }

  private overflow(at: Problem): Problem {
    const { severity, advice } = catalogue["limit-exceeded"];
    const message = `There are more than ${this.limit} problems; the later ones are counted, not listed. The setting \`${limitSettings.problems}\` raises the limit.`;
    return { ...at, id: "limit-exceeded", severity, advice, message, related: [] };
  }
}
