import type { Extent } from "../../engine/events";
import type { MachineState } from "../run/MachineState";
import { allMemoryEventKinds, overlaps, payloadOf, type MemoryEvent } from "./memoryEvents";
import type { LifeSubject } from "./lifeSubject";
import type { SelectedEvent, EventSelector } from "./EventSearch";

const everyKind = new Set(allMemoryEventKinds);
const selected = (event: MemoryEvent): SelectedEvent => ({ event, isReuse: false });

/** Picks every event in the life of a subject. */
export function lifeSelector(subject: LifeSubject): EventSelector {
  return subject.kind === "block" ? new BlockLife(subject.allocation) : new PlaceLife(subject);
}

/** All that happens to bytes, a page or a frame, for the whole run. */
class PlaceLife implements EventSelector {
  readonly kinds = everyKind;
  readonly note = null;

  constructor(private readonly subject: Exclude<LifeSubject, { kind: "block" }>) {}

  isOver(): boolean {
    return false;
  }

  select(events: readonly MemoryEvent[]): SelectedEvent[] {
    return events.filter((event) => this.isAbout(event)).map(selected);
  }

  private isAbout({ bytes, pages, process, frames }: MemoryEvent): boolean {
    const { subject } = this;
    switch (subject.kind) {
      case "range":
        return overlaps(bytes, subject);
      case "page": {
        const isOfProcess = subject.process === null || process === null || process === subject.process;
        return isOfProcess && overlaps(pages, { from: subject.vpn, to: subject.vpn + 1 });
      }
      case "frame":
        return frames.includes(subject.frame);
    }
  }
}

/** One allocation: how its block came about, what was done with it, how it ended, and who got its place then. */
class BlockLife implements EventSelector {
  readonly kinds = everyKind;
  /** The whole block, header and rest included; null before the allocation. */
  private extent: Extent | null = null;
  private isFreed = false;
  private isReused = false;

  constructor(private readonly id: number) {}

  get note(): string | null {
    return this.extent === null ? "The block was never allocated." : null;
  }

  isOver(): boolean {
    return this.isReused;
  }

  select(events: readonly MemoryEvent[], state: MachineState): SelectedEvent[] {
    if (this.extent === null) return this.birth(events);
    const found: SelectedEvent[] = [];
    for (const event of events) {
      if (this.isReused) break;
      this.extent = this.follow(event, this.extent);
      if (this.isNextUse(event, this.extent)) {
        this.isReused = true;
        found.push({ event, isReuse: true });
      } else if (this.concerns(event, this.extent)) found.push(selected(event));
    }
    this.isFreed ||= (state.allocation(this.id)?.freed ?? null) !== null;
    return found;
  }

  /** The step that allocates: the growth and the splits that made the block come first. */
  private birth(events: readonly MemoryEvent[]): SelectedEvent[] {
    const at = events.findIndex(({ kind, allocation }) => kind === "allocation" && allocation?.id === this.id);
    if (at < 0) return [];
    const extent = blockOf(events[at]);
    this.extent = extent;
    return events
      .filter((event) => (isMaking(event) ? overlaps(event.bytes, extent) : this.concerns(event, extent)))
      .map(selected);
  }

  /** Where the block is after the event. */
  private follow({ kind, allocation, cause, bytes }: MemoryEvent, extent: Extent): Extent {
    if (allocation?.id !== this.id || bytes === null) return extent;
    if (kind === "resize") return bytes;
    if (cause?.kind !== "move") return extent;
    const distance = cause.to - cause.from;
    return { from: extent.from + distance, to: extent.to + distance };
  }

  private concerns({ kind, bytes, allocation }: MemoryEvent, extent: Extent): boolean {
    if (allocation !== null && kind !== "allocation") return allocation.id === this.id;
    return allocation?.id === this.id || (kind !== "grow" && overlaps(bytes, extent));
  }

  private isNextUse({ kind, allocation, bytes }: MemoryEvent, extent: Extent): boolean {
    if (allocation === null || allocation.id === this.id || !this.isFreed) return false;
    return (kind === "allocation" || kind === "move") && overlaps(bytes, extent);
  }
}

const isMaking = ({ kind }: MemoryEvent): boolean => kind === "split" || kind === "grow";

function blockOf({ cause, allocation, bytes }: MemoryEvent): Extent {
  if (cause?.kind === "allocate") return { from: cause.addr, to: cause.addr + cause.size };
  return allocation === null ? (bytes ?? { from: 0, to: 0 }) : payloadOf(allocation);
}
