import type { Program, Statement } from "../../language/parsing/syntax";
import { takesLong, runToEnd, type Work } from "../../language/coroutines";
import { Checkpoints } from "../checkpoints/Checkpoints";
import { type MachineOptions, defaultMachineOptions } from "./options";
import type { MachineSnapshot } from "./machineSnapshot";
import type { MachineState } from "./MachineState";
import { type PositionTest, Trail } from "./Trail";
import { firstDifference } from "./firstDifference";
import { Machine } from "./Machine";
import type { StepRecord } from "../records/records";
import type { Problem } from "../problems/Problem";

/** Bytes that the checkpoints of a run hold at most, two images aside, unless a history is made with another budget. */
export const defaultCheckpointBytes = 90e6;
/** Of the trail and of what lists the steps of each line, measured over long scripts. */
const bytesPerStep = 180;
/** Steps before a place stepped back to at which snapshots are left. */
const nearDistances = [16, 128, 1024] as const;

/**
 * Time travel over one machine. Position n means "n steps executed". Going back restores the nearest checkpoint before
 * the target and executes the rest again: what is shown is always real state. Only the last step makes a record; those
 * on the way are executed quietly.
 */
export class History {
  private readonly machine: Machine;
  private readonly checkpoints: Checkpoints;
  /** A few snapshots close before the last place that was stepped back to, so that doing so repeatedly is cheap. */
  private near: MachineSnapshot[] = [];
  private reachedPosition = 0;
  private readonly trail = new Trail();
  private lastRecord: StepRecord | undefined;
  /** How often the machine was put elsewhere in time. */
  private journeys = 0;

  constructor(
    program: Program,
    readonly options: MachineOptions = defaultMachineOptions,
    checkpointBytes = defaultCheckpointBytes,
  ) {
    this.machine = new Machine(program, options);
    this.checkpoints = new Checkpoints(this.machine.snapshot(), checkpointBytes);
    this.trail.push(this.nextLine, false, this.machine.seen);
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
  /** Whether the program is over at the current position. */
  get finished(): boolean {
    return this.machine.finished;
  }
  /** What executes next at the current position; undefined at the end. */
  get next(): Statement | undefined {
    return this.machine.next;
  }
  /** The line of {@link next}; null at the end. */
  get nextLine(): number | null {
    return this.machine.nextLine;
  }
  /** The record of the last executed step (of `position`); undefined at 0. */
  get record(): StepRecord | undefined {
    if (this.lastRecord === undefined && this.position > 0) this.travel(this.position);
    return this.lastRecord;
  }
  /** The furthest position that the run has reached. */
  get reached(): number {
    return this.reachedPosition;
  }
  /** Problems of parsing and of all steps up to the current position. */
  get problems(): readonly Problem[] {
    return this.machine.problems;
  }
  /** All problems so far, those beyond the limit too. */
  get problemCount(): number {
    return this.machine.problemCount;
  }
  /** Lines executed so far, each time that travel executed one again included. */
  get executed(): number {
    return this.machine.executed;
  }
  /** How many checkpoints there are now, the one at position 0 included. */
  get checkpointCount(): number {
    return this.checkpoints.length;
  }
  /** Bytes that the checkpoints hold. */
  get checkpointBytes(): number {
    return this.checkpoints.bytes;
  }

  /** Bytes that the run takes in all: the machine, its checkpoints, and what is kept of each step. */
  get heldBytes(): number {
    return this.checkpoints.bytes + this.checkpoints.workingBytes + this.reached * bytesPerStep;
  }

  stepForward(): StepRecord | undefined {
    const record = this.machine.step();
    if (record === undefined) return undefined;
    this.lastRecord = record;
    this.noteProgress();
    return record;
  }

  /** Executes one line without a record, which is made when it is read; false at the end. */
  stepQuietly(): boolean {
    if (!this.machine.stepQuietly()) return false;
    this.lastRecord = undefined;
    this.noteProgress();
    return true;
  }

  /** Whether the next step may take long: it ends the run, or a checkpoint is due after it. */
  get isNextLong(): boolean {
    return this.machine.mayEnd || (this.position >= this.reached && this.checkpoints.isDueAt(this.position + 1));
  }

  /** The same as {@link stepQuietly}, with yields. When the history goes elsewhere in one of them, the step is given up. */
  *stepYielding(): Work<void> {
    const work = this.advance();
    for (;;) {
      const { done, value } = work.next();
      if (done === true) return;
      const { position, journeys } = this;
      yield value;
      if (position !== this.position || journeys !== this.journeys) return;
    }
  }

  stepBack(): boolean {
    if (this.position === 0) return false;
    this.seek(this.position - 1);
    return true;
  }

  /** Goes to a position: clamped to what the program reaches, and forward as far as needed within the limits. */
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

  /**
   * The last position before `before`, not before `from`, and reached already, that passes the test; -1 when there is
   * none. Executes nothing.
   */
  lastBefore(before: number, from: number, test: PositionTest): number {
    return this.trail.lastBefore(before, from, test);
  }

  /** Goes ahead towards `reached` as far as a checkpoint leads, executing nothing. */
  leap(): void {
    if (this.position < this.reached) this.startFor(this.reached, false);
  }

  /** The line that a step executed; null for steps that were not reached. */
  lineOf(step: number): number | null {
    return step < 1 || step > this.reached ? null : this.trail.lineAt(step - 1);
  }

  /**
   * Switches to an edited program. Resumes at the last checkpoint before any instruction that differs or stands on another
   * line, and forgets what was reached after it; when there is no such instruction, all is kept. Returns false, changing
   * nothing, when no checkpoint survives. Yields only before it changes anything.
   */
  *continueWith(program: Program): Work<boolean> {
    const before = this.program;
    const start = yield* firstDifference(before, program);
    // A step that was abandoned in its middle has not been reached: the machine has to go back before it.
    const isBetween = this.position > this.reached;
    if (!isBetween && start === program.instructions.length && start === before.instructions.length) {
      this.machine.continueWith(program, null);
      return true;
    }
    const last = this.trail.lastWithin(start);
    if (last < 0) return false;
    yield* this.checkpoints.prepare(last);
    yield takesLong;
    const snapshot = this.checkpoints.before(last);
    this.trail.truncate(snapshot.step);
    this.checkpoints.dropAfter(snapshot.step);
    this.machine.continueWith(program, snapshot);
    this.journeys++;
    this.lastRecord = undefined;
    this.near = this.near.filter(({ step }) => step <= this.position);
    this.reachedPosition = this.position;
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
    this.lastRecord = undefined;
    this.journeys++;
    if (near !== undefined && near.step >= regular) {
      this.machine.restore(near);
    } else {
      this.machine.restore(this.checkpoints.before(position));
      this.machine.takeBack();
    }
  }

  /** Executes up to the last near distance before the target, leaving a snapshot at each. */
  private approach(target: number): void {
    const [, , furthest] = nearDistances;
    this.near = this.near.filter(({ step }) => step <= this.position && step + 2 * furthest > target);
    for (const distance of [...nearDistances].reverse()) {
      if (target - distance <= this.position) continue;
      this.reach(target - distance);
      this.near.push(this.machine.snapshot());
      this.checkpoints.giveAway();
    }
  }

  /** Executes up to the position, or to the end, without records. */
  private reach(target: number): void {
    while (this.position < target && this.stepQuietly());
  }

  private *advance(): Work<void> {
    if (!(yield* this.machine.stepYielding())) return;
    this.lastRecord = undefined;
    if (this.noteArrival()) yield* this.leaveCheckpoint();
  }

  /** What is new beyond the furthest position so far: its place in the trail, and a checkpoint when one is due. */
  private noteProgress(): void {
    if (this.noteArrival()) runToEnd(this.leaveCheckpoint());
  }

  /** Notes a new place in the trail; true when a checkpoint is due there. */
  private noteArrival(): boolean {
    const { position, machine } = this;
    if (position <= this.reached) return false;
    this.reachedPosition = position;
    this.trail.push(machine.nextLine, machine.hasRaised, machine.seen);
    return this.checkpoints.isDueAt(position);
  }

  private *leaveCheckpoint(): Work<void> {
    const { machine } = this;
    if (this.checkpoints.areLarge) yield takesLong;
    yield* this.checkpoints.add(this.position, machine.snapshot());
    machine.takeBack();
  }
}
