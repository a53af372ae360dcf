import type { ControlMark } from "./Control";
import type { Renumbering } from "../editing/Renumbering";
import type { Expectation } from "./expectations";
import type { LogMark } from "./ProblemLog";
import { renumberedPlaces, type WorldSnapshot } from "../state/World";

/** A machine at one step. Belongs to the machine that made it. */
export interface MachineSnapshot {
  readonly kind: "machine";
  readonly step: number;
}

/** What a snapshot of a machine holds. */
export interface SavedMachine extends MachineSnapshot {
  readonly world: WorldSnapshot;
  readonly control: ControlMark;
  readonly problems: LogMark;
  readonly expectations: readonly Expectation[];
}

/** How much more there is before a place in an edited program than there was before the same place without the edit. */
export interface Shift {
  readonly steps: number;
  readonly instructions: number;
  readonly problems: number;
}

/** The snapshot, packed or not, with the lines and steps as they are called after an edit. */
export function renumbered(snapshot: MachineSnapshot, numbers: Renumbering): MachineSnapshot {
  const { world, expectations, ...rest } = snapshot as SavedMachine;
  const changed: SavedMachine = {
    ...rest,
    world: { ...world, ...renumberedPlaces(world, numbers) },
    expectations: expectations.map((expectation) => ({ ...expectation, line: numbers.line(expectation.line) })),
  };
  return changed;
}

/** The snapshot, packed or not, as one of the edited program: of a place after all that was edited. */
export function shifted(snapshot: MachineSnapshot, { steps, instructions, problems }: Shift): MachineSnapshot {
  const { step, world, control, problems: mark, ...rest } = snapshot as SavedMachine;
  const changed: SavedMachine = {
    ...rest,
    step: step + steps,
    world: {
      ...world,
      loops: world.loops.map((loop) => ({
        ...loop,
        start: loop.start + instructions,
        stepsAtRound: loop.stepsAtRound + steps,
      })),
    },
    control: { ...control, index: control.index + instructions, seen: control.seen + instructions },
    problems: { count: mark.count + problems, total: mark.total + problems },
  };
  return changed;
}
