import type { Instruction, Program, Statement } from "../language/syntax";
import { Checkpoints } from "./checkpoints/Checkpoints";
import type { MachineOptions, MachineSnapshot, MachineState, PositionTest, TimeTravel } from "./contract";
import { defaultMachineOptions, Machine } from "./Machine";
import type { Problem, StepRecord } from "./records";
import { Trail } from "./Trail";

/** Bytes that the checkpoints of a run hold at most, unless a history is made with another budget. */
export const defaultCheckpointBytes = 96e6;
/** Steps before a place stepped back to at which snapshots are left. */
const nearDistances = [16, 128, 1024] as const;

/**
 * Time travel over one machine. Going back restores the nearest checkpoint before the target and executes the rest
 * again: what is shown is always real state. Only the last step makes a record; those on the way are executed quietly.
 */
export class History implements TimeTravel {
  private readonly machine: Machine;
  private readonly checkpoints: Checkpoints;
  /** A few snapshots close before the last place that was stepped back to, so that doing so repeatedly is cheap. */
  private near: MachineSnapshot[] = [];
  private furthest = 0;
  private readonly trail = new Trail();
  private lastRecord: StepRecord | undefined;

  constructor(
    program: Program,
    readonly options: MachineOptions = defaultMachineOptions,
    checkpointBytes = defaultCheckpointBytes,
  ) {
    this.machine = new Machine(program, options);
    this.checkpoints = new Checkpoints(this.machine.snapshot(), checkpointBytes);
    this.trail.push(this.next?.line ?? null, false, this.machine.seen);
  }

  get program(): Program {
    return this.machine.program;
  }
  get state(): MachineState {
    return this.machine.state;
  }
  get position(): number {
    return this.machine.state.step;
  }
  get finished(): boolean {
    return this.machine.finished;
  }
  get next(): Statement | undefined {
    return this.machine.next;
  }
  get record(): StepRecord | undefined {
    if (this.lastRecord === undefined && this.position > 0) this.travel(this.position);
    return this.lastRecord;
  }
  get reached(): number {
    return this.furthest;
  }
  get problems(): readonly Problem[] {
    return this.machine.problems;
  }
  /** All problems so far, those beyond the limit too. */
  get problemCount(): number {
    return this.machine.problemCount;
  }
  /** How many checkpoints there are now, the one at position 0 included. */
  get checkpointCount(): number {
    return this.checkpoints.length;
  }
  /** Bytes that the checkpoints hold. */
  get checkpointBytes(): number {
    return this.checkpoints.bytes;
  }

  stepForward(): StepRecord | undefined {
    const record = this.machine.step();
    if (record === undefined) return undefined;
    this.lastRecord = record;
    this.noteProgress();
    return record;
  }

  stepQuietly(): boolean {
    if (!this.machine.stepQuietly()) return false;
    this.lastRecord = undefined;
    this.noteProgress();
    return true;
  }

  stepBack(): boolean {
    if (this.position === 0) return false;
    this.seek(this.position - 1);
    return true;
  }

  seek(position: number): void {
    const target = Math.max(0, Math.floor(position));
    if (target === this.position) return;
    this.travel(target);
  }

  /** Executes up to so many lines and returns how many it were; hosts call it in slices and stay responsive. */
  run(maximum: number, onStep?: (record: StepRecord) => void): number {
    for (let count = 0; count < maximum; count++) {
      const record = this.stepForward();
      if (record === undefined) return count;
      onStep?.(record);
    }
    return maximum;
  }

  lastBefore(before: number, from: number, test: PositionTest): number {
    return this.trail.lastBefore(before, from, test);
  }

  /**
   * Goes on with another version of the program: from the last checkpoint on whose past had no part in what is different
   * now. All that was reached after it is forgotten. False, and nothing changes, when not even the beginning is the same.
   */
  continueWith(program: Program): boolean {
    const same = sharedInstructions(this.program, program);
    const isWhole = same === program.instructions.length && same === this.program.instructions.length;
    const last = isWhole ? this.furthest : this.trail.lastWithin(same);
    if (last < 0) return false;
    if (isWhole) this.machine.continueWith(program, null);
    else {
      const snapshot = this.checkpoints.before(last);
      this.machine.continueWith(program, snapshot);
      this.lastRecord = undefined;
      this.furthest = this.position;
      this.trail.truncate(this.position);
      this.checkpoints.truncate(this.position);
      this.near = this.near.filter(({ step }) => step <= this.position);
    }
    return true;
  }

  /** Goes to the target, or to the end before it, and executes the step that leads there with a record. */
  private travel(target: number): void {
    const from = this.position;
    this.startFor(Math.max(0, target - 1), target <= from);
    if (target <= from && from - target <= nearDistances[0]) this.approach(target);
    this.reach(target - 1);
    while (this.position < target && this.stepForward() !== undefined);
  }

  /** Restores the nearest snapshot before the position, unless the present place is nearer. */
  private startFor(position: number, isBack: boolean): void {
    const near = this.near.filter(({ step }) => step <= position).at(-1);
    const regular = this.checkpoints.positionBefore(position);
    if (!isBack && Math.max(near?.step ?? 0, regular) <= this.position) return;
    this.machine.restore(near !== undefined && near.step >= regular ? near : this.checkpoints.before(position));
    this.lastRecord = undefined;
  }

  /** Executes up to the last near distance before the target, leaving a snapshot at each. */
  private approach(target: number): void {
    const [, , furthest] = nearDistances;
    this.near = this.near.filter(({ step }) => step <= this.position && step + 2 * furthest > target);
    for (const distance of [...nearDistances].reverse()) {
      if (target - distance <= this.position) continue;
      this.reach(target - distance);
      this.near.push(this.machine.snapshot());
    }
  }

  /** Executes up to the position, or to the end, without records. */
  private reach(target: number): void {
    while (this.position < target && this.stepQuietly());
  }

  /** What is new beyond the furthest position so far: its place in the trail, and a checkpoint when one is due. */
  private noteProgress(): void {
    const { position, machine } = this;
    if (position <= this.furthest) return;
    this.furthest = position;
    this.trail.push(machine.next?.line ?? null, machine.hasRaised, machine.seen);
    if (this.checkpoints.isDueAt(position)) this.checkpoints.add(machine.snapshot());
  }
}

/** How many instructions, from the first on, two programs have in common. */
function sharedInstructions({ instructions: left }: Program, { instructions: right }: Program): number {
  const most = Math.min(left.length, right.length);
  let count = 0;
  while (count < most && isSame(left[count], right[count])) count++;
  return count;
}

/** A loop that lines were added to or removed from is another one, since its end is elsewhere. */
function isSame(left: Instruction, right: Instruction): boolean {
  if (left === right) return true;
  if (left.kind === "statement" || left.statement !== right.statement) return false;
  return left.kind === "end"
    ? right.kind === "end" && left.start === right.start
    : right.kind === "repeat" && left.exit === right.exit && left.variable === right.variable;
}
