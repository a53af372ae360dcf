import type { Allocation, AllocationLog } from "./contract";

/** What a handle is at a step: its block is live, will leak, was freed, or went elsewhere with `realloc`. */
export type HandleState = "live" | "leaked" | "freed" | "moved";

/**
 * The block that each handle got last before a step, from the log of a whole run. An array `b[i]` counts as one name,
 * and answers for the element that was bound last. Handles that were bound to another handle's value are not known.
 */
export class HandleStates {
  /** By name without index, in the order of steps. */
  private readonly allocations = new Map<string, Allocation[]>();
  private readonly byLine = new Map<number, Allocation>();

  constructor(
    log: AllocationLog,
    private readonly leaked: ReadonlySet<number>,
  ) {
    for (let id = 0; id < log.length; id += 1) {
      const allocation = log.get(id);
      if (allocation === undefined) continue;
      this.byLine.set(allocation.line, allocation);
      const name = allocation.handle?.replace(/\[.*$/, "");
      if (name === undefined) continue;
      const known = this.allocations.get(name);
      if (known === undefined) this.allocations.set(name, [allocation]);
      else known.push(allocation);
    }
  }

  /** The last allocation that a line made. */
  lastOn(line: number): Allocation | undefined {
    return this.byLine.get(line);
  }

  /** The block of a handle after a step; undefined before its first one. */
  allocationAt(name: string, step: number): Allocation | undefined {
    const all = this.allocations.get(name) ?? [];
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle].step <= step) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? undefined : all[low - 1];
  }

  /** The state of a handle after a step; undefined while nothing was allocated for it. */
  stateAt(name: string, step: number): HandleState | undefined {
    const allocation = this.allocationAt(name, step);
    if (allocation === undefined) return undefined;
    const { freed, id } = allocation;
    if (freed !== null && freed.step <= step) return freed.by === "realloc" ? "moved" : "freed";
    return this.leaked.has(id) ? "leaked" : "live";
  }
}
