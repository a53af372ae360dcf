import type { Program, Statement } from "../language/syntax";
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
    readonly program: Program,
    readonly options: MachineOptions = defaultMachineOptions,
    checkpointBytes = defaultCheckpointBytes,
  ) {
    this.machine = new Machine(program, options);
    this.checkpoints = new Checkpoints(this.machine.snapshot(), checkpointBytes);
    this.trail.push(this.next?.line ?? null, false);
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

  stepBack(): boolean {
    if (this.position === 0) return false;
    this.seek(this.position - 1);
    return true;
  }

  seek(position: number): void {
    const target = Math.max(0, Math.floor(position));
    if (target === this.position) return;
    this.travel(target);
    // Nobody knew that the program ends before the target, so that its last step was a quiet one.
    if (this.lastRecord === undefined && this.position > 0) this.travel(this.position);
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
    while (this.position < target && this.machine.stepQuietly()) {
      this.lastRecord = undefined;
      this.noteProgress();
    }
  }

  /** What is new beyond the furthest position so far: its place in the trail, and a checkpoint when one is due. */
  private noteProgress(): void {
    const { position, machine } = this;
    if (position <= this.furthest) return;
    this.furthest = position;
    this.trail.push(machine.next?.line ?? null, machine.hasRaised);
    if (this.checkpoints.isDueAt(position)) this.checkpoints.add(machine.snapshot());
  }
}
