import type { Program } from "../../language/parsing/syntax";
import type { MachineOptions } from "../run/options";
import type { MachineState } from "../run/MachineState";
import { Machine } from "../run/Machine";
import { EventReader } from "./EventReader";
import type { MemoryEvent, MemoryEventKind } from "./memoryEvents";

/** A happening that was looked for, told in one sentence. */
export interface SelectedEvent {
  readonly happening: MemoryEvent;
  readonly text: string;
}

/** Picks among what happens. It is shown every step once, in order. */
export interface EventSelector {
  readonly kinds: ReadonlySet<MemoryEventKind>;
  /** `state` as it is after the step. */
  select(happenings: readonly MemoryEvent[], state: MachineState): SelectedEvent[];
  /** Whether no later step can hold anything. */
  isOver(step: number): boolean;
  readonly note: string | null;
}

/** Answers kept at most when nothing else is said. */
export const mostAnswers = 10_000;

/**
 * Looks through a whole run for what a selector picks, by running the program again on a machine of its own: whoever
 * shows the run meanwhile is not moved. Hosts call `advance` in slices and can stop between any two.
 */
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

  /** Steps looked at. */
  get step(): number {
    return this.machine.state.step;
  }

  get found(): readonly SelectedEvent[] {
    return this.answers;
  }

  /** Whether there are more answers than are kept. */
  get hasMore(): boolean {
    return this.isCut;
  }

  get done(): boolean {
    return this.isDone;
  }

  /** Why nothing could be found, when that is known. */
  get note(): string | null {
    return this.isDone && this.answers.length === 0 ? this.selector.note : null;
  }

  /** Looks at up to so many steps more; true when there is nothing left to look at. */
  advance(steps: number): boolean {
    for (let count = 0; count < steps && !this.isDone; count++) this.once();
    return this.isDone;
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
