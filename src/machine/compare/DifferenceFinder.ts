import { toHex } from "../../engine/address";
import { noValue, refused, type ResultLog } from "./ResultLog";

/** Where a run first leaves the base run; results are for people. */
export interface Parting {
  /** From 1. */
  readonly step: number;
  /** 0-based. */
  readonly line: number;
  readonly baseResult: string;
  readonly result: string;
}

const over = "the run is over";

/** Holds the steps of a run against those of the base run, until the first that differs. */
export class DifferenceFinder {
  private step = 0;
  private isFound = false;

  /** `outcomeText` gives the words for an outcome number, empty for a step without problems. */
  constructor(
    private readonly base: ResultLog,
    private readonly outcomeText: (outcome: number) => string,
  ) {}

  /** The next step of the run; what it returns, once, is the first difference. */
  note(value: number, line: number, outcome: number): Parting | null {
    if (this.isFound) return null;
    const step = ++this.step;
    const { base } = this;
    const isThere = base.has(step);
    if (isThere && base.valueAt(step) === value && base.outcomeAt(step) === outcome && base.lineAt(step) === line) {
      return null;
    }
    this.isFound = true;
    const baseLine = isThere ? base.lineAt(step) : line;
    const elsewhere = baseLine === line ? "" : `line ${baseLine + 1}: `;
    const baseResult = isThere ? elsewhere + this.describeBase(step) : over;
    return { step, line, baseResult, result: this.describe(value, outcome) };
  }

  /** The run is over: where the base run goes on is a difference too. */
  finish(): Parting | null {
    const step = this.step + 1;
    if (this.isFound || !this.base.has(step)) return null;
    return { step, line: this.base.lineAt(step), baseResult: this.describeBase(step), result: over };
  }

  private describeBase(step: number): string {
    return this.describe(this.base.valueAt(step), this.base.outcomeAt(step));
  }

  private describe(value: number, outcome: number): string {
    const problems = this.outcomeText(outcome);
    if (value === noValue) return problems === "" ? "no problem" : problems;
    const text = value === refused ? "refused" : toHex(value);
    return problems === "" ? text : `${text} (${problems})`;
  }
}
