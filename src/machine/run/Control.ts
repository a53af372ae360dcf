import type { Program, Statement } from "../../language/parsing/syntax";
import type { Step } from "../step/Step";
import type { World } from "../state/World";

export interface ControlMark {
  readonly index: number;
  readonly emptyRounds: number;
  readonly isOver: boolean;
  readonly seen: number;
}

/**
 * Where a run is: the index of the statement that executes next. `repeat` and `end` are passed over on the way, so
 * that the place is always a statement or the end; a round without any statement costs one step of the budget.
 */
export class Control {
  private index = 0;
  private emptyRounds = 0;
  private isOver = false;
  private looked = 0;

  constructor(
    /** May be exchanged for another one with the same instructions below {@link seen}. */
    public program: Program,
    private readonly world: World,
  ) {}

  get next(): Statement | undefined {
    if (this.isOver) return undefined;
    const instruction = this.program.instructions.at(this.index);
    return instruction?.kind === "statement" ? instruction.statement : undefined;
  }

  /** Where the next statement stands. */
  get line(): number {
    return this.program.lineOf[this.index];
  }

  /** Whether the program may be over after the next statement: none follows directly. */
  get mayEnd(): boolean {
    return this.program.instructions.at(this.index + 1)?.kind !== "statement";
  }

  /** Steps and empty rounds so far: what the limit counts. */
  get spent(): number {
    return this.world.step + this.emptyRounds;
  }

  /** Whether a limit ended the run before the program did. */
  get isCut(): boolean {
    return this.isOver;
  }

  /** How many instructions from the first on have had a say in where the run is; the end counts as one. */
  get seen(): number {
    return this.looked;
  }

  stop(): void {
    this.isOver = true;
  }

  leaveStatement(): void {
    this.index++;
  }

  /**
   * Goes on to the next statement. `reportAt` gives the step to report to when the count of a `repeat` is wrong, which
   * skips the loop, or when the budget is used up, which ends the run.
   */
  advance(stepsLimit: number, reportAt: (statement: Statement, line: number) => Step): void {
    const { instructions, lineOf } = this.program;
    for (;;) {
      const instruction = instructions.at(this.index);
      this.looked = Math.max(this.looked, this.index + 1);
      if (this.isOver || instruction === undefined) return;
      if (this.spent >= stepsLimit) {
        const line = lineOf[this.index];
        const step = reportAt(instruction.statement, line);
        step.exceed("steps", { kind: "steps", nextLine: line });
        this.stop();
        return;
      }
      if (instruction.kind === "statement") return;
      if (instruction.kind === "end") this.endRound(instruction.start);
      else {
        const step = reportAt(instruction.statement, lineOf[this.index]);
        const rounds = step.whole(step.operand("count"), "number of rounds", 0) ?? 0;
        if (rounds < 1) this.index = instruction.exit;
        else {
          const start = this.index + 1;
          const { variable } = instruction;
          this.world.loops.push({ start, variable, rounds, round: 1, stepsAtRound: this.spent });
          this.index = start;
        }
      }
    }
  }

  mark(): ControlMark {
    return { index: this.index, emptyRounds: this.emptyRounds, isOver: this.isOver, seen: this.looked };
  }

  restore(mark: ControlMark): void {
    this.index = mark.index;
    this.emptyRounds = mark.emptyRounds;
    this.isOver = mark.isOver;
    this.looked = mark.seen;
  }

  private endRound(start: number): void {
    const { loops } = this.world;
    const loop = loops.at(-1);
    if (loop?.start !== start) {
      this.index++;
      return;
    }
    if (this.spent === loop.stepsAtRound) this.emptyRounds++;
    if (loop.round < loop.rounds) {
      loop.round++;
      loop.stepsAtRound = this.spent;
      this.index = start;
    } else {
      loops.pop();
      this.index++;
    }
  }
}
