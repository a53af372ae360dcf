import { ByteStore } from "../../engine/bytes/ByteStore";
import { unpacked, type Checkpoint } from "../checkpoints/Checkpoints";
import { isSameSnapshot } from "../checkpoints/sameSnapshot";
import { type MachineSnapshot, shifted, type Shift, type SavedMachine } from "../run/machineSnapshot";
import type { LogMark } from "../run/ProblemLog";
import type { Problem } from "../records/records";
import type { Trail } from "../run/Trail";
import type { ProgramChange } from "./change";

/** The furthest place that a run has reached. */
export interface RunEnd {
  readonly position: number;
  /** Steps and empty rounds: what the limit counts. */
  readonly spent: number;
  readonly problems: LogMark;
}

/** What a run of a program came to before the program was edited, from the edit on. Lines and steps are called as after the edit. */
export interface Former {
  readonly change: ProgramChange;
  /** Steps that there are more now before the same place. */
  readonly later: number;
  readonly trail: Trail;
  /** By number, those before the edit too. */
  readonly checkpoints: readonly Checkpoint[];
  /** All problems that there were. */
  readonly problems: readonly Problem[];
  /** Lines of the statements that were edited, as they are now. */
  readonly edited: ReadonlySet<number>;
  readonly end: RunEnd;
  /** How often the machine's world had forked when the run of the edited program began. */
  readonly forks: number;
}

/** From where on a former run holds for the edited program too. */
export interface Meeting {
  readonly shift: Shift;
  /** What it had after this place. */
  readonly checkpoints: readonly Checkpoint[];
  readonly problems: readonly Problem[];
}

/**
 * Looks for the place from which on an edited program does what it did before the edit: where the state is the same, all
 * of it, and no instruction that was edited can come again. Compares at the former checkpoints alone, and ever more
 * rarely: what differs after some hundred steps mostly differs for good.
 */
export class FormerRun {
  private tries = 0;
  private nextTry = 0;

  constructor(readonly former: Former) {}

  /** Where checkpoints of the edited program meet the former ones, by number. */
  get positions(): readonly number[] {
    const { checkpoints, later } = this.former;
    return checkpoints.map(({ position }) => position + later);
  }

  /** Where the former run goes on from a checkpoint of the edited program; null when it is another state. With pauses. */
  *meet(number: number, snapshot: MachineSnapshot): Generator<undefined, Meeting | null, undefined> {
    const { checkpoints, later, change } = this.former;
    if (number < this.nextTry || number >= checkpoints.length) return null;
    const there = checkpoints[number];
    if (there.position + later !== snapshot.step) return null;
    const { control, world, problems: mark } = there.packed.tree as SavedMachine;
    if (control.index < change.oldEnd || world.loops.some(({ start }) => start < change.oldEnd)) return null;
    this.nextTry = number + 2 ** this.tries++;
    const shift = {
      steps: later,
      instructions: change.newEnd - change.oldEnd,
      problems: (snapshot as SavedMachine).problems.count - mark.count,
    };
    const problems = this.former.problems.slice(mark.count);
    if (!problems.every((problem) => this.holds(problem))) return null;
    const former = yield* unpacked(there);
    if (!isSameSnapshot(shifted(former, shift), snapshot, isMadeAlike)) return null;
    return {
      shift,
      checkpoints: checkpoints.slice(number + 1).map(({ position, packed }) => {
        packed.tree = shifted(packed.tree as MachineSnapshot, shift);
        return { position: position + later, packed };
      }),
      problems,
    };
  }

  /** Whether a problem of the rest follows from the state alone, and neither from the columns of an edited line nor from the number of steps. */
  private holds({ id, line }: Problem): boolean {
    return !this.former.edited.has(line) && (id !== "limit-exceeded" || this.former.later === 0);
  }
}

/**
 * Whether two heaps or pools were made with the same options, each with bytes of its own: then each of them, restored
 * from its own snapshot, is what the other one is.
 */
function isMadeAlike(left: object, right: object): boolean {
  return hasOwnBytes(left) && hasOwnBytes(right) && isSameSnapshot(left.options, right.options);
}

function hasOwnBytes(engine: object): engine is { readonly options: unknown } {
  return "options" in engine && "bytes" in engine && engine.bytes instanceof ByteStore;
}
