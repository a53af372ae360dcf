import { lostBlocks } from "../../machine/leaks/lostBlocks";
import type { Allocation, FreedBy } from "../../machine/state/allocation";
import type { MachineState } from "../../machine/run/MachineState";
import type { StepRecord } from "../../machine/records/records";
import { roomFor } from "../../engine/columns";
import { EndPyramid } from "./EndPyramid";
import { lifeEnds, Lives, neverEnded, type LifeEnd } from "./lives";
import { StepLog } from "./StepLog";

/** A heap, pool or slab cache, and the addresses that its blocks have had. */
export interface RecordedRegion {
  readonly name: string;
  readonly kind: "heap" | "pool" | "slab";
  /** Half-open. */
  low: number;
  high: number;
  lives: number;
}

/** What the recorder reads of a machine. */
export type RecordedState = Pick<MachineState, "allocations" | "heaps" | "pools">;

const endNumber = Object.fromEntries(lifeEnds.map((end, at) => [end, at])) as Readonly<
  Record<LifeEnd | FreedBy, number>
>;

/**
 * The life of every block of a run, recorded while the run is executed: told of each step once, in order, it takes what
 * the machine's log of allocations has gained since. A step costs O(1) for each allocation that it changed. The columns
 * may be read between any two steps.
 */
export class LifetimeRecorder {
  readonly lives = new Lives();
  readonly steps = new StepLog();
  readonly regions: RecordedRegion[] = [];
  readonly ends = new EndPyramid();
  private readonly regionNumbers = new Map<string, number>();
  /** The newest life of each allocation, by its id. */
  private newest = new Int32Array(64);
  private allocations = 0;
  private changes = 0;
  /** Allocations begin with few regions; most steps speak of the same one as the step before. */
  private lastRegion = -1;

  /** Steps recorded. */
  get reached(): number {
    return this.steps.length - 1;
  }

  /** Place of a region in the list; of the first one where none has the name. */
  regionNumber(name: string | null): number {
    return this.regionNumbers.get(name ?? "") ?? 0;
  }

  /** Takes a step that was just executed. A step that is known already is ignored. */
  record(record: StepRecord, state: RecordedState): void {
    if (record.step !== this.steps.length) return;
    this.steps.add(record);
    const { allocations } = state;
    for (; this.allocations < allocations.length; this.allocations++) {
      const allocation = allocations.get(this.allocations)!;
      this.newest = roomFor(this.newest, allocation.id);
      this.begin(allocation, record.step, this.regionOf(allocation.region, state), -1);
    }
    for (; this.changes < allocations.changes; this.changes++) {
      this.change(allocations.changed(this.changes), record.step);
    }
    for (const problem of record.problems) {
      for (const id of lostBlocks(problem)) this.lives.leaked[this.newest[id]] = 1;
    }
  }

  private begin(allocation: Allocation, step: number, region: number, previous: number): void {
    const { lives } = this;
    const { id, address, requested } = allocation;
    const life = lives.add();
    lives.allocation[life] = id;
    lives.handle[life] = allocation.handle;
    lives.region[life] = region;
    lives.address[life] = address;
    lives.size[life] = requested;
    lives.born[life] = step;
    lives.ended[life] = neverEnded;
    lives.line[life] = allocation.line;
    lives.previous[life] = previous;
    this.newest[id] = life;
    this.ends.begin(life);
    const known = this.regions[region];
    known.low = Math.min(known.low, address);
    known.high = Math.max(known.high, address + requested);
    known.lives++;
  }

  private change(allocation: Allocation, step: number): void {
    const { lives } = this;
    const life = this.newest[allocation.id];
    const { freed, address, requested } = allocation;
    if (freed !== null) {
      this.end(life, step, endNumber[freed.by]);
      return;
    }
    const isMoved = address !== lives.address[life];
    if (!isMoved && requested === lives.size[life]) return;
    this.end(life, step, isMoved ? endNumber.moved : endNumber.resized);
    this.begin(allocation, step, lives.region[life], life);
    lives.leaked[this.newest[allocation.id]] = lives.leaked[life];
  }

  private end(life: number, step: number, how: number): void {
    this.lives.ended[life] = step;
    this.lives.end[life] = how;
    this.ends.end(life, step);
  }

  private regionOf(name: string, state: RecordedState): number {
    if (this.regions[this.lastRegion]?.name === name) return this.lastRegion;
    let region = this.regionNumbers.get(name);
    if (region === undefined) {
      region = this.regions.length;
      const kind = state.heaps.has(name) ? "heap" : (state.pools.get(name)?.kind ?? "pool");
      this.regions.push({ name, kind, low: Infinity, high: -Infinity, lives: 0 });
      this.regionNumbers.set(name, region);
    }
    return (this.lastRegion = region);
  }
}
