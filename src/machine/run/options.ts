import type { PlacedStatement } from "../../language/parsing/syntax";
import { defaultLimits, type MachineLimits } from "./limits";

/** A statement performed between two steps: part of the run from there on, but not a step. */
export interface Edit extends PlacedStatement {
  /** Steps executed before it. */
  readonly position: number;
}

export interface MachineOptions {
  readonly limits: MachineLimits;
  /** `--set heap.policy=best-fit`: overrides or adds options of statements, `area.option` to its written value. */
  readonly overrides: ReadonlyMap<string, string>;
  /** In order of position; none by default. */
  readonly edits?: readonly Edit[];
}

/** The limits of the settings' defaults, and no overrides. */
export const defaultMachineOptions: MachineOptions = { limits: defaultLimits, overrides: new Map() };
