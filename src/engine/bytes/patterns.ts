import { asAddress, type Address } from "../address";
import type { ByteStoreContract } from "./contract";

/** What red zones are filled with: the `_bNoMansLandFill` of Microsoft's C runtime. */
export const redZoneByte = 0xfd;

/** Bytes that were filled with a pattern and no longer hold it: somebody wrote over them. */
export interface PatternDamage {
  /** Of the first damaged byte. */
  readonly address: Address;
  /** From the first to the last damaged byte. */
  readonly length: number;
  readonly expected: number;
  /** What the first damaged byte holds. */
  readonly found: number;
}

/** Compares the half-open range with the byte that it was filled with; null when all is as it was. */
export function patternDamage(
  bytes: ByteStoreContract,
  from: number,
  to: number,
  expected: number,
): PatternDamage | null {
  const read = bytes.read(from, to - from);
  const first = read.findIndex((byte) => byte !== expected);
  if (first < 0) return null;
  let last = read.length - 1;
  while (read[last] === expected) last--;
  return { address: asAddress(from + first), length: last - first + 1, expected, found: read[first] };
}
