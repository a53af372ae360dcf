import type { readOverride } from "../machine/run/overrides";

/**
 * Other extensions and language models call the interface without our types. Each check throws a TypeError or RangeError
 * that names the argument, before anything runs.
 */
export function checkScript(script: unknown): void {
  const isPlace = isRecord(script) && typeof script["scheme"] === "string" && typeof script["path"] === "string";
  if (typeof script !== "string" && !isPlace) throw new TypeError("`script` is the text of a script or its Uri.");
}

export function checkWhole(name: string, value: unknown): void {
  if (typeof value !== "number") throw new TypeError(`\`${name}\` is a number.`);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`\`${name}\` is a whole number from 0 on.`);
}

export function checkText(name: string, value: unknown): void {
  if (typeof value !== "string") throw new TypeError(`\`${name}\` is a text.`);
}

/** Checks the options of a run; `read` says whether one of a statement is known and has a value of its type. */
export function checkOptions(options: unknown, read: typeof readOverride): void {
  if (!isRecord(options)) throw new TypeError("`options` is an object.");
  const { set, state, steps, token } = options;
  if (state !== undefined && typeof state !== "boolean") throw new TypeError("`state` is true or false.");
  if (steps !== undefined) checkWhole("steps", steps);
  if (token !== undefined && !(isRecord(token) && typeof token["isCancellationRequested"] === "boolean")) {
    throw new TypeError("`token` is a CancellationToken.");
  }
  if (set === undefined) return;
  if (!isRecord(set)) throw new TypeError('`set` is an object such as { "heap.policy": "best-fit" }.');
  for (const [key, value] of Object.entries(set)) {
    checkText(`set["${key}"]`, value);
    const reading = read(key, value as string);
    if ("message" in reading) throw new RangeError(reading.message);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
