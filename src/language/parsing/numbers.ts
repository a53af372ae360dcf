import type { BadValue } from "./syntaxProblems";

/** Bytes of each unit: powers of 1024 with an `i`, powers of 1000 without. */
export const units: ReadonlyMap<string, number> = new Map([
  ["B", 1],
  ["KiB", 1024],
  ["MiB", 1024 ** 2],
  ["GiB", 1024 ** 3],
  ["TiB", 1024 ** 4],
  ["KB", 1000],
  ["MB", 1000 ** 2],
  ["GB", 1000 ** 3],
  ["TB", 1000 ** 4],
]);

export type NumberReading = { readonly value: number } | { readonly problem: BadValue };

const decimal = /^([0-9][0-9_]*)(?:\.([0-9][0-9_]*))?(?:[eE]([0-9]+))?([A-Za-z]*)$/;

/** The value of a number token: `42`, `0x2a`, `0b101010`, `1_000`, `0.75`, `1e6`, `4KiB`. */
export function readNumber(text: string): NumberReading {
  // Nearly every number of a long script is a plain one; the general path costs several times as much.
  if (text.length <= 15 && /^[0-9]+$/.test(text)) return { value: Number(text) };
  const digits = text.replaceAll("_", "");
  if (/^0x/i.test(text)) {
    return /^0x[0-9a-f]+$/i.test(digits) ? bounded(Number(digits), text) : { problem: { kind: "hexadecimal", text } };
  }
  // An upper-case 0B is a size, zero bytes.
  if (text.startsWith("0b")) {
    return /^0b[01]+$/.test(digits) ? bounded(Number(digits), text) : { problem: { kind: "binary", text } };
  }
  const match = decimal.exec(text);
  if (match === null) return { problem: { kind: "number", text } };
  const [, whole = "", fraction = "0", exponent = "0", unit = ""] = match;
  const factor = unit === "" ? 1 : units.get(unit);
  if (factor === undefined) return { problem: unknownUnit(unit) };
  const value = Number(`${whole}.${fraction}e${exponent}`.replaceAll("_", "")) * factor;
  if (unit !== "" && value < Number.MAX_SAFE_INTEGER && !Number.isInteger(value)) {
    return { problem: { kind: "fractional-bytes", text } };
  }
  return bounded(value, text);
}

function bounded(value: number, text: string): NumberReading {
  if (value <= Number.MAX_SAFE_INTEGER) return { value };
  return { problem: { kind: "too-large", text } };
}

function unknownUnit(unit: string): BadValue {
  const initial = unit.charAt(0).toUpperCase();
  return { kind: "unit", unit, likely: "KMGT".includes(initial) && initial !== "" ? `${initial}iB` : null };
}
