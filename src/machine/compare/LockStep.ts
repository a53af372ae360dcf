import { Machine } from "../run/Machine";
import type { MachineOptions } from "../run/options";
import type { MachineState } from "../run/MachineState";
import { stepsPerYield, type Work } from "../../language/coroutines";
import type { Program } from "../../language/parsing/syntax";
import type { StepRecord } from "../records/records";
import { resultText } from "./resultText";

/** A run by what makes it: equal programs and options give equal records. */
export interface RunSource {
  readonly program: Program;
  readonly options: MachineOptions;
}

/** Numbers of the memory after a step, all heaps together. */
export const measureNames = ["used", "freeBlocks", "largestFree", "searched", "faults"] as const;
export type MeasureName = (typeof measureNames)[number];

/** What differs, with the words or the number of each side. */
export interface Contrast {
  readonly what: "statement" | "result" | "problems" | MeasureName;
  readonly left: string;
  readonly right: string;
}

/** The first step at which two runs differ. */
export interface StepDifference {
  /** From 1. */
  readonly step: number;
  /** 0-based lines that each executed; null where the run is over. */
  readonly leftLine: number | null;
  readonly rightLine: number | null;
  readonly contrasts: readonly Contrast[];
}

export type LockStepResult =
  | { readonly kind: "different"; readonly difference: StepDifference }
  /** Both are over, after so many steps, without another difference. */
  | { readonly kind: "same"; readonly steps: number };

/**
 * Executes two runs side by side and finds the first step, after those to be left out, at which they differ: in what
 * they execute, in what it gives, in its problems, or in what it does to the measures. A difference of the measures
 * that was there before the step is none of this step.
 */
export class LockStep {
  private readonly left: Machine;
  private readonly right: Machine;
  private gaps: readonly number[] = [];
  private readonly mostSteps: number;

  constructor(
    left: RunSource,
    right: RunSource,
    private readonly from: number,
  ) {
    this.left = new Machine(left.program, left.options);
    this.right = new Machine(right.program, right.options);
    this.mostSteps = Math.max(left.options.limits.steps, right.options.limits.steps);
  }

  private get position(): number {
    return Math.max(this.left.state.step, this.right.state.step);
  }

  /** Finds the difference. Its share done is that of the larger step limit. */
  *run(): Work<LockStepResult> {
    for (let count = 1; ; count++) {
      const result = this.step();
      if (result !== null) return result;
      if (count % stepsPerYield === 0) yield this.position / this.mostSteps;
    }
  }

  private step(): LockStepResult | null {
    if (this.position < this.from) {
      // A run that is over stays where it is; the other one goes on.
      const isLeftOver = !this.left.stepQuietly();
      const isRightOver = !this.right.stepQuietly();
      return isLeftOver && isRightOver ? { kind: "same", steps: this.position } : null;
    }
    if (this.gaps.length === 0) this.gaps = this.measureGaps();
    return this.compare(this.left.step(), this.right.step());
  }

  private compare(left: StepRecord | undefined, right: StepRecord | undefined): LockStepResult | null {
    if (left === undefined && right === undefined) return { kind: "same", steps: this.position };
    const contrasts: Contrast[] = [];
    const note = (what: Contrast["what"], leftText: string, rightText: string): void => {
      if (leftText !== rightText) contrasts.push({ what, left: leftText, right: rightText });
    };
    note("statement", left?.text.trim() ?? over, right?.text.trim() ?? over);
    if (left !== undefined && right !== undefined) {
      note("result", resultText(left.value), resultText(right.value));
      note("problems", problemText(left), problemText(right));
      // Only what the engines did changes a measure.
      if (left.events.length > 0 || right.events.length > 0) this.noteMeasures(note);
    }
    if (contrasts.length === 0) return null;
    return {
      kind: "different",
      difference: { step: this.position, leftLine: left?.line ?? null, rightLine: right?.line ?? null, contrasts },
    };
  }

  private noteMeasures(note: (what: MeasureName, left: string, right: string) => void): void {
    const before = this.gaps;
    this.gaps = this.measureGaps();
    const left = measuresOf(this.left.state);
    const right = measuresOf(this.right.state);
    for (const [index, name] of measureNames.entries()) {
      if (this.gaps[index] !== before[index]) note(name, String(left[index]), String(right[index]));
    }
  }

  private measureGaps(): readonly number[] {
    const right = measuresOf(this.right.state);
    return measuresOf(this.left.state).map((value, index) => value - right[index]);
  }
}

const over = "the run is over";

/** In the order of {@link measureNames}. */
function measuresOf({ heaps, vm }: MachineState): readonly number[] {
  const sums = [0, 0, 0, 0, vm?.stats().faults ?? 0];
  for (const heap of heaps.values()) {
    const { currentUsed, freeBlocks, largestFree, searched } = heap.stats();
    sums[0] += currentUsed;
    sums[1] += freeBlocks;
    sums[2] = Math.max(sums[2], largestFree);
    sums[3] += searched;
  }
  return sums;
}

/** Kinds of problems, without leaks: they follow from what was allocated before. */
function problemText({ problems }: StepRecord): string {
  const ids = problems.map(({ id }) => id).filter((id) => id !== "leak");
  return ids.length === 0 ? "none" : [...new Set(ids)].join(", ");
}
