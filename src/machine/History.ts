import type { Program, Statement } from "../language/syntax";
import type { HistoryContract, MachineOptions, MachineSnapshot, MachineState } from "./contract";
import { defaultMachineOptions, Machine } from "./Machine";
import type { Problem, StepRecord } from "./records";

interface Checkpoint {
  readonly position: number;
  readonly snapshot: MachineSnapshot;
  readonly weight: number;
}

/** Steps between checkpoints at the start of a run; it doubles whenever there are too many. */
const firstInterval = 64;
const maximumCheckpoints = 256;
/** Steps before a place sought backwards at which checkpoints are left. */
const nearDistances = [16, 128, 1024] as const;
/** Table rows that all checkpoints together may copy: about 200 bytes each. */
const maximumWeight = 1_000_000;

/**
 * Time travel over one machine. Checkpoints stand every `interval` steps; when their number or their weight passes its
 * bound, every second one is dropped and the interval doubles, so that a run of any length keeps a bounded history.
 * Going back restores the nearest checkpoint before the target and executes the rest again: what is shown is always
 * real state.
 */
export class History implements HistoryContract {
  private readonly machine: Machine;
  private checkpoints: Checkpoint[];
  private interval = firstInterval;
  private weight = 0;
  /** A few checkpoints close before the last place that was sought backwards, so that stepping back repeatedly is cheap. */
  private near: Checkpoint[] = [];
  private furthest = 0;
  private lastRecord: StepRecord | undefined;

  constructor(
    readonly program: Program,
    readonly options: MachineOptions = defaultMachineOptions,
  ) {
    this.machine = new Machine(program, options);
    this.checkpoints = [{ position: 0, snapshot: this.machine.snapshot(), weight: 0 }];
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

  stepForward(): StepRecord | undefined {
    const record = this.machine.step();
    if (record === undefined) return undefined;
    this.lastRecord = record;
    if (record.step > this.furthest) {
      this.furthest = record.step;
      if (record.step % this.interval === 0) this.addCheckpoint();
    }
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
    // The step before the target is executed too, because its record belongs to the target.
    const start = this.checkpointAtOrBefore(Math.max(0, target - 1));
    const isBack = target < this.position;
    if (isBack || start.position > this.position) {
      this.machine.restore(start.snapshot);
      this.lastRecord = undefined;
    }
    if (isBack && target - start.position > nearDistances[0]) this.approach(target);
    while (this.position < target && this.stepForward() !== undefined);
  }

  /** Executes up to the last near distance before the target, leaving a checkpoint at each. */
  private approach(target: number): void {
    this.near = this.near.filter((entry) => entry.position <= this.position);
    for (const distance of [...nearDistances].reverse()) {
      if (target - distance <= this.position) continue;
      while (this.position < target - distance && this.stepForward() !== undefined);
      this.near.push({ position: this.position, snapshot: this.machine.snapshot(), weight: 0 });
    }
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

  private checkpointAtOrBefore(position: number): Checkpoint {
    const near = this.near.filter((entry) => entry.position <= position).at(-1);
    const regular = this.regularAtOrBefore(position);
    return near !== undefined && near.position > regular.position ? near : regular;
  }

  private regularAtOrBefore(position: number): Checkpoint {
    let low = 0;
    let high = this.checkpoints.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.checkpoints[middle].position <= position) low = middle;
      else high = middle - 1;
    }
    return this.checkpoints[low];
  }

  private addCheckpoint(): void {
    const weight = this.machine.snapshotWeight;
    this.checkpoints.push({ position: this.position, snapshot: this.machine.snapshot(), weight });
    this.weight += weight;
    while (
      this.checkpoints.length > maximumCheckpoints ||
      (this.weight > maximumWeight && this.checkpoints.length > 4)
    ) {
      this.interval *= 2;
      this.checkpoints = this.checkpoints.filter((entry) => entry.position % this.interval === 0);
      this.weight = this.checkpoints.reduce((sum, entry) => sum + entry.weight, 0);
    }
  }
}
