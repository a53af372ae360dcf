import { parse } from "../language/parser";
import type { HistoryContract } from "../machine/contract";
import { History } from "../machine/History";
import { defaultLimits } from "../machine/limits";
import { failures } from "./failures";
import type { LaunchArguments } from "./protocol";

/** How a script is run: what `launch` and `restart` say about it, checked. */
export interface RunSettings {
  readonly overrides: ReadonlyMap<string, string>;
  /** Null: the default limit. */
  readonly stepLimit: number | null;
}

/** Reads `set` (`{"heap.policy": "best-fit"}` or `["heap.policy=best-fit"]`) and `stepLimit` of launch arguments. */
export function readRunSettings(args: LaunchArguments): RunSettings {
  const { set, stepLimit } = args;
  const overrides = new Map<string, string>();
  const entries: [string, string][] = Array.isArray(set)
    ? set.map((entry) => splitOverride(String(entry)))
    : Object.entries((set ?? {}) as Record<string, unknown>).map(([key, value]) => [key, String(value)]);
  for (const [key, value] of entries) {
    if (!/^[a-z]+\.[a-z]+$/.test(key) || value === "") throw failures.badOverride(`${key}=${value}`);
    overrides.set(key, value);
  }
  if (stepLimit !== undefined && !(typeof stepLimit === "number" && Number.isSafeInteger(stepLimit) && 0 < stepLimit)) {
    throw failures.badStepLimit();
  }
  return { overrides, stepLimit: typeof stepLimit === "number" ? stepLimit : null };
}

function splitOverride(text: string): [string, string] {
  const equals = text.indexOf("=");
  return equals === -1 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** A history at position 0 for a script's text. */
export function openHistory(
  text: string,
  settings: RunSettings,
): { history: HistoryContract; program: ReturnType<typeof parse> } {
  const program = parse(text);
  const limits = settings.stepLimit === null ? defaultLimits : { ...defaultLimits, steps: settings.stepLimit };
  return { history: new History(program, { limits, overrides: settings.overrides }), program };
}
