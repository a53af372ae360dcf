import type { Allocation, AllocationLog } from "../state/allocation";

/** What a handle is at a step: its block is live, will leak, was freed, or went elsewhere with `realloc`. */
export type HandleState = "live" | "leaked" | "freed" | "moved";

/** The blocks that a handle got, one after the other; columns, as a long run makes hundreds of thousands. */
interface Blocks {
  readonly ids: number[];
  readonly born: number[];
  /** Steps that freed them; Infinity for none. */
  readonly freed: number[];
  readonly isMoved: boolean[];
}

/**
 * The block that each handle got last before a step, from the log of a whole run. An array `b[i]` counts as one name,
 * and answers for the element that was bound last. Handles that were bound to another handle's value are not known.
 */
export class HandleStates {
  /** By name without index, in the order of steps. */
  private readonly blocks = new Map<string, Blocks>();
  private readonly byLine = new Map<number, Allocation>();

  constructor(
    /** Allocations that leak in the end. */
    private readonly leaked: ReadonlySet<number>,
  ) {}

  /** Takes the allocations of a half-open range of ids, in their order, from the log of the whole run. */
  add(log: AllocationLog, from: number, to: number): void {
    for (let id = from; id < Math.min(to, log.length); id += 1) {
      const allocation = log.get(id);
      if (allocation === undefined) continue;
      this.byLine.set(allocation.line, allocation);
      const { handle, step, freed } = allocation;
      if (handle === null) continue;
      const { ids, born, freed: ends, isMoved } = this.blocksOf(handle.replace(/\[.*$/, ""));
      ids.push(id);
      born.push(step);
      ends.push(freed?.step ?? Infinity);
      isMoved.push(freed?.by === "realloc");
    }
  }

  /** The last allocation that a line made. */
  lastOn(line: number): Allocation | undefined {
    return this.byLine.get(line);
  }

  /** The state of a handle after a step; undefined while nothing was allocated for it. */
  stateAt(name: string, step: number): HandleState | undefined {
    const blocks = this.blocks.get(name);
    if (blocks === undefined) return undefined;
    const { ids, born, freed, isMoved } = blocks;
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (born[middle] <= step) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return undefined;
    const last = low - 1;
    if (freed[last] <= step) return isMoved[last] ? "moved" : "freed";
    return this.leaked.has(ids[last]) ? "leaked" : "live";
  }

  private blocksOf(name: string): Blocks {
    let blocks = this.blocks.get(name);
    if (blocks === undefined) this.blocks.set(name, (blocks = { ids: [], born: [], freed: [], isMoved: [] }));
    return blocks;
  }
}
