import type { MachineState } from "../run/MachineState";
import type { MemoryEvent, MemoryEventKind } from "./memoryEvents";
import type { SelectedEvent, EventSelector } from "./EventSearch";

export type Direction = "forward" | "back";

/** Of what a selector picks, only the first after a position, or the last up to it. */
export class Nearest implements EventSelector {
  private nearest: SelectedEvent | null = null;

  constructor(
    private readonly inner: EventSelector,
    private readonly direction: Direction,
    /** Forward: a later step is looked for; back: this one or an earlier one. */
    private readonly position: number,
    /** Null: all that the inner selector picks. */
    private readonly wanted: ReadonlySet<MemoryEventKind> | null = null,
  ) {}

  get kinds(): ReadonlySet<MemoryEventKind> {
    return this.inner.kinds;
  }

  get note(): string | null {
    return this.inner.note;
  }

  get found(): SelectedEvent | null {
    return this.nearest;
  }

  isOver(step: number): boolean {
    if (this.inner.isOver(step)) return true;
    return this.direction === "back" ? this.position <= step : this.nearest !== null;
  }

  /** Keeps nothing for the scan: the one answer is here. */
  select(events: readonly MemoryEvent[], state: MachineState): SelectedEvent[] {
    for (const selected of this.inner.select(events, state)) {
      const { step, kind } = selected.event;
      if (this.wanted !== null && !this.wanted.has(kind)) continue;
      if (this.direction === "back") {
        if (step <= this.position) this.nearest = selected;
      } else if (this.position < step) this.nearest ??= selected;
    }
    return [];
  }
}
