import { roomFor } from "../../engine/columns";
import type { Allocation } from "./allocation";
import { Names } from "./Names";

/** What is known of an allocation when it is made. */
export type Birth = Omit<Allocation, "id" | "freed">;

const noHandle = -1;

/** Allocations as they were made, by id. Columns, because garbage collection would walk as many objects again and again. */
export class Births {
  length = 0;
  private readonly names = new Names();
  private regions = new Int32Array(64);
  private handles = new Int32Array(64);
  private addresses = new Float64Array(64);
  private sizes = new Float64Array(64);
  private lines = new Int32Array(64);
  private steps = new Float64Array(64);

  /** Adds the next one. */
  add({ region, handle, address, requested, line, step }: Birth): void {
    const id = this.length++;
    if (id === this.regions.length) this.enlarge();
    this.regions[id] = this.names.numberOf(region);
    this.handles[id] = handle === null ? noHandle : this.names.numberOf(handle);
    this.addresses[id] = address;
    this.sizes[id] = requested;
    this.lines[id] = line;
    this.steps[id] = step;
  }

  region(id: number): string {
    return this.names.nameOf(this.regions[id]);
  }

  handle(id: number): string | null {
    return this.handles[id] === noHandle ? null : this.names.nameOf(this.handles[id]);
  }

  address(id: number): number {
    return this.addresses[id];
  }

  requested(id: number): number {
    return this.sizes[id];
  }

  line(id: number): number {
    return this.lines[id];
  }

  step(id: number): number {
    return this.steps[id];
  }

  isSame(id: number, { region, handle, address, requested, line, step }: Birth): boolean {
    return (
      this.addresses[id] === address &&
      this.sizes[id] === requested &&
      this.steps[id] === step &&
      this.lines[id] === line &&
      this.handle(id) === handle &&
      this.region(id) === region
    );
  }

  /** Forgets those from this id on, and the names that only they had. */
  forget(from: number): void {
    this.length = from;
    let names = 0;
    for (let id = 0; id < from; id++) names = Math.max(names, this.regions[id] + 1, this.handles[id] + 1);
    this.names.forget(names);
  }

  private enlarge(): void {
    const last = this.length - 1;
    this.regions = roomFor(this.regions, last);
    this.handles = roomFor(this.handles, last);
    this.addresses = roomFor(this.addresses, last);
    this.sizes = roomFor(this.sizes, last);
    this.lines = roomFor(this.lines, last);
    this.steps = roomFor(this.steps, last);
  }
}
