import type { CacheOptions } from "./contract";

const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));

/** Why no cache can have this geometry, in one sentence; null when one can. */
export function whyNoCache({ name, size, ways, line, policy, inclusive, allocate }: CacheOptions): string | null {
  if (!isPowerOfTwo(line)) return `a line of ${line} bytes is no power of two`;
  if (size % line !== 0) return `${size} bytes do not divide into lines of ${line}`;
  const lines = size / line;
  if (lines % ways !== 0) return `the ${lines} lines of \`${name}\` do not divide into sets of ${ways}`;
  if (!isPowerOfTwo(lines / ways)) {
    return `${size} bytes in sets of ${ways} lines make ${lines / ways} sets, which is no power of two: bits of the address choose the set`;
  }
  if (policy === "tree-plru" && !isPowerOfTwo(ways))
    return `the tree of tree-plru needs a power of two of ways, not ${ways}`;
  if (inclusive && !allocate)
    return "an inclusive cache holds what the caches above it hold, so it allocates on writes";
  return null;
}

/** Why a cache cannot stand below another; null when it can. */
export function whyNotBelow(upper: CacheOptions, lower: CacheOptions): string | null {
  if (lower.kind !== "unified" && upper.kind === "unified") {
    return `it is split and stands below \`${upper.name}\`, which is unified: only the first levels of a hierarchy are split`;
  }
  if (lower.line >= upper.line) return null;
  return `its lines of ${lower.line} bytes are shorter than those of \`${upper.name}\` above it, which have ${upper.line}`;
}
