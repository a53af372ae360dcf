import { stepsPerYield, type Work } from "../../language/coroutines";
import type { Program } from "../../language/parsing/syntax";
import type { MachineOptions } from "../run/options";
import type { MachineState } from "../run/MachineState";
import { Machine } from "../run/Machine";
import { EventReader } from "./EventReader";
import type { MemoryEvent, MemoryEventKind } from "./memoryEvents";

/** An event that was searched for. */
export interface SelectedEvent {
  readonly event: MemoryEvent;
  /** It is the next use of the place of a block that was freed. */
  readonly isReuse: boolean;
}

/** Picks among the events of a run. It sees every step once, in order. */
export interface EventSelector {
  readonly kinds: ReadonlySet<MemoryEventKind>;
  /** `state` as it is after the step. */
  select(events: readonly MemoryEvent[], state: MachineState): SelectedEvent[];
  /** Whether no later step can hold anything. */
  isOver(step: number): boolean;
  readonly note: string | null;
}

/** Default maximum number of answers. */
export const mostAnswers = 10_000;

/** Searches a whole run for the events that a selector picks. It runs the program on a separate machine. */
export class EventSearch {
  private readonly machine: Machine;
  private readonly reader: EventReader;
  private readonly selector: EventSelector;
  private readonly answers: SelectedEvent[] = [];
  private isCut = false;
  private isDone = false;

  constructor(
    program: Program,
    options: MachineOptions,
    select: (state: MachineState) => EventSelector,
    private readonly most = mostAnswers,
  ) {
    this.machine = new Machine(program, options);
    this.selector = select(this.machine.state);
    this.reader = new EventReader(this.selector.kinds, this.machine.state);
  }

  /** Steps searched. */
  get step(): number {
    return this.machine.state.step;
  }

  get found(): readonly SelectedEvent[] {
    return this.answers;
  }

  /** Whether the run has more answers than the maximum. */
  get hasMore(): boolean {
    return this.isCut;
  }

  get done(): boolean {
    return this.isDone;
  }

  /** Why nothing was found, if known. */
  get note(): string | null {
    return this.isDone && this.answers.length === 0 ? this.selector.note : null;
  }

  /** Searches the rest of the run; at each yield, what is found so far can be read. */
  *run(): Work<void> {
    for (let count = 1; !this.isDone; count++) {
      if (count % stepsPerYield === 0) yield;
      this.once();
    }
  }

  private once(): void {
    const { machine, selector } = this;
    const statement = machine.next;
    const record = machine.step();
    if (record === undefined) {
      this.isDone = true;
      return;
    }
    for (const selected of selector.select(this.reader.read(record, machine.state, statement), machine.state)) {
      if (this.answers.length === this.most) {
        this.isCut = true;
        this.isDone = true;
        return;
      }
      this.answers.push(selected);
    }
    if (machine.finished || selector.isOver(record.step)) this.isDone = true;
  }
}
