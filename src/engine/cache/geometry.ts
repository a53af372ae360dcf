import type { CacheOptions } from "./contract";

const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));

/** Why no cache can have a geometry, or a cache not stand below another, `upper`. Sizes in bytes. */
export type CacheRefusal =
  | { readonly kind: "line-size"; readonly lineSize: number }
  | { readonly kind: "lines"; readonly size: number; readonly lineSize: number }
  | { readonly kind: "sets"; readonly name: string; readonly lines: number; readonly ways: number }
  | { readonly kind: "set-count"; readonly size: number; readonly ways: number; readonly sets: number }
  | { readonly kind: "tree"; readonly ways: number }
  | { readonly kind: "inclusive" }
  | { readonly kind: "split"; readonly upper: string }
  | { readonly kind: "counted-above"; readonly upper: string }
  | {
      readonly kind: "shorter-lines";
      readonly lineSize: number;
      readonly upper: string;
      readonly upperLineSize: number;
    };

/** Why no cache can have this geometry; null when one can. */
export function whyNoCache(options: CacheOptions): CacheRefusal | null {
  const { name, size, ways, line, policy, inclusive, allocate } = options;
  if (!isPowerOfTwo(line)) return { kind: "line-size", lineSize: line };
  if (size % line !== 0) return { kind: "lines", size, lineSize: line };
  const lines = size / line;
  if (lines % ways !== 0) return { kind: "sets", name, lines, ways };
  // Bits of the address choose the set.
  if (!isPowerOfTwo(lines / ways)) return { kind: "set-count", size, ways, sets: lines / ways };
  if (policy === "tree-plru" && !isPowerOfTwo(ways)) return { kind: "tree", ways };
  // An inclusive cache holds what the caches above it hold.
  return inclusive && !allocate ? { kind: "inclusive" } : null;
}

/** Why a cache cannot stand below another; null when it can. */
export function whyNotBelow(upper: CacheOptions, lower: CacheOptions): CacheRefusal | null {
  if (lower.kind !== "unified" && upper.kind === "unified") return { kind: "split", upper: upper.name };
  // A line written back may come into the upper one alone.
  if (lower.inclusive && upper.countsWritebacks) return { kind: "counted-above", upper: upper.name };
  if (lower.line >= upper.line) return null;
  return { kind: "shorter-lines", lineSize: lower.line, upper: upper.name, upperLineSize: upper.line };
}
