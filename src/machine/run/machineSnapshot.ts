import type { ControlMark } from "./Control";
import type { Expectation } from "./expectations";
import type { LogMark } from "./ProblemLog";
import type { WorldSnapshot } from "../state/World";

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
