import type { Extent } from "../../engine/events";
import type { Expression } from "../../language/parsing/syntax";
import type { MachineState } from "../run/MachineState";
import { overlaps, type MemoryEvent, type MemoryEventKind } from "./memoryEvents";
import type { NumberTest, Query } from "./query";
import { resolveNumber, resolvePointer } from "./resolve";
import type { SelectedEvent, EventSelector } from "./EventSearch";

const compare: Readonly<Record<NumberTest, (left: number, right: number) => boolean>> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
};

/**
 * Picks what a query asks for. Handles mean what they hold at each step, before it or after it: `reads a` finds the reads
 * of whatever block `a` led to at the time.
 */
export class QuerySelector implements EventSelector {
  readonly kinds: ReadonlySet<MemoryEventKind>;
  private before: Extent | null = null;
  private after: Extent | null = null;
  private isResolved = false;
  private error: string | null = null;

  constructor(
    private readonly query: Query,
    state: MachineState,
  ) {
    this.kinds = query.kinds;
    this.look(state);
  }

  /** Why nothing could be found, when a name in the query never meant anything. */
  get note(): string | null {
    return this.isResolved ? null : this.error;
  }

  isOver(step: number): boolean {
    return this.query.steps !== null && this.query.steps.to <= step + 1;
  }

  select(events: readonly MemoryEvent[], state: MachineState): SelectedEvent[] {
    this.before = this.after;
    this.look(state);
    return events.filter((event) => this.wants(event, state)).map((event) => ({ event, isReuse: false }));
  }

  private look(state: MachineState): void {
    const { subject } = this.query;
    if (subject === null) {
      this.isResolved = true;
      return;
    }
    if (subject.kind === "pointer") {
      const resolved = resolvePointer(state, subject.expression);
      this.after = "bytes" in resolved ? resolved.bytes : this.failed(resolved.error);
    } else {
      const from = this.number(state, subject.from);
      const to = subject.to === null ? (from === null ? null : from + 1) : this.number(state, subject.to);
      this.after = from === null || to === null ? null : { from, to };
    }
    if (this.after !== null) this.isResolved = true;
  }

  private number(state: MachineState, expression: Expression): number | null {
    const value = resolveNumber(state, expression);
    return typeof value === "number" ? value : this.failed(value.error);
  }

  private failed(error: string): null {
    this.error = error;
    return null;
  }

  private wants(event: MemoryEvent, state: MachineState): boolean {
    const { query } = this;
    if (query.steps !== null && !within(query.steps, event.step)) return false;
    if (query.lines !== null && !within(query.lines, event.line)) return false;
    if (query.problem !== null && event.problem?.id !== query.problem) return false;
    if (query.region !== null && event.region !== query.region) return false;
    if (query.process !== null && event.process !== query.process) return false;
    if (query.by !== null && event.allocation?.freed?.by !== query.by) return false;
    if (query.subject !== null && !this.isAbout(event)) return false;
    return query.size === null || this.hasSize(event, state, query.size);
  }

  private isAbout(event: MemoryEvent): boolean {
    const ranges = [this.before, this.after];
    switch (this.query.subject?.kind) {
      case "page":
        return ranges.some((range) => overlaps(event.pages, range));
      case "frame":
        return ranges.some((range) => range !== null && event.frames.some((frame) => within(range, frame)));
      default:
        return ranges.some((range) => overlaps(event.bytes, range));
    }
  }

  private hasSize(event: MemoryEvent, state: MachineState, { comparison, bound }: NonNullable<Query["size"]>): boolean {
    const size = sizeOf(event);
    const limit = resolveNumber(state, bound);
    if (typeof limit !== "number") this.failed(limit.error);
    return size !== null && typeof limit === "number" && compare[comparison](size, limit);
  }
}

/** The size of an event: requested bytes of an allocation, accessed bytes, the whole size of a block. */
function sizeOf({ allocation, bytes, kind }: MemoryEvent): number | null {
  if (allocation !== null && kind !== "move") return allocation.requested;
  return bytes === null ? null : bytes.to - bytes.from;
}

function within({ from, to }: Extent, value: number): boolean {
  return from <= value && value < to;
}
