import { parse } from "../../language/parsing/parser";
import { type MachineLimits, defaultLimits } from "../../machine/run/limits";
import { History } from "../../machine/run/History";
import { readOverride } from "../../machine/run/overrides";
import { failures } from "../protocol/failures";
import type { LaunchArguments } from "../protocol/protocol";

/** How a script is run: what `launch` and `restart` say about it, checked. */
export interface RunSettings {
  readonly overrides: ReadonlyMap<string, string>;
  readonly limits: MachineLimits;
}

/**
 * Reads of launch arguments `set` (`{"heap.policy": "best-fit"}` or `["heap.policy=best-fit"]`), `limits` (any of the
 * machine's limits by name) and `stepLimit`, which goes before `limits.steps`.
 */
export function readRunSettings(args: LaunchArguments): RunSettings {
  return { overrides: readSet(args.set), limits: readLimits(args.limits, args.stepLimit) };
}

function readSet(set: unknown): ReadonlyMap<string, string> {
  const overrides = new Map<string, string>();
  if (set === undefined || set === null) return overrides;
  if (typeof set !== "object") throw failures.badOverride(JSON.stringify(set));
  const entries: [string, string][] = Array.isArray(set)
    ? set.map((entry) => splitOverride(String(entry)))
    : Object.entries(set).map(([key, value]) => [key, String(value)]);
  for (const [key, value] of entries) {
    if (!/^[a-z]+\.[a-z]+$/.test(key) || value === "")
      throw failures.badOverride(value === "" ? key : `${key}=${value}`);
    const reading = readOverride(key, value);
    if ("message" in reading) throw failures.refusedOverride(`${key}=${value}`, reading.message);
    overrides.set(key, value);
  }
  return overrides;
}

function splitOverride(text: string): [string, string] {
  const equals = text.indexOf("=");
  return equals === -1 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)];
}

function readLimits(written: unknown, stepLimit: unknown): MachineLimits {
  const limits: Record<keyof MachineLimits, number> = { ...defaultLimits };
  if (written !== undefined && (typeof written !== "object" || written === null)) throw failures.badLimit("limits");
  for (const [name, value] of Object.entries(written ?? {}) as [string, unknown][]) {
    if (!Object.hasOwn(limits, name)) throw failures.unknownLimit(name, Object.keys(limits));
    limits[name as keyof MachineLimits] = readLimit(`limits.${name}`, value);
  }
  if (stepLimit !== undefined) limits.steps = readLimit("stepLimit", stepLimit);
  return limits;
}

function readLimit(name: string, value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && 0 < value) return value;
  throw failures.badLimit(name);
}

/** A history at position 0 for a script's text. */
export function openHistory(
  text: string,
  settings: RunSettings,
): { history: History; program: ReturnType<typeof parse> } {
  const program = parse(text);
  return { history: new History(program, settings), program };
}
