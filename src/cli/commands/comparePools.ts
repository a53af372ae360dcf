import { runToEnd } from "../../language/coroutines";
import { parse } from "../../language/parsing/parser";
import { comparePools, type PoolComparison } from "../../machine/compare/pools";
import { poolTable } from "../../machine/compare/poolTable";
import { defaultLimits } from "../../machine/run/limits";
import { plural } from "../../machine/problems/wording";
import { comparisonLines } from "../table";

/** `compare --pools`: the requests of each pool and slab cache of a script in a pool, a slab cache and every heap. */
export function poolLines(text: string, isJson: boolean): string[] {
  const comparisons = runToEnd(comparePools(parse(text), defaultLimits));
  if (isJson) {
    return comparisons.flatMap(({ name, rows }) => rows.map((row) => JSON.stringify({ kind: "pool", name, ...row })));
  }
  if (comparisons.length === 0) return ["The script has no pool and no slab cache."];
  return comparisons.flatMap((comparison, index) => [...(index === 0 ? [] : [""]), ...linesOf(comparison)]);
}

function linesOf(comparison: PoolComparison): string[] {
  const { name, blockSize, allocations, idealBytes } = comparison;
  return [
    `${name}: ${plural(allocations, "allocation")} of blocks of ${blockSize} bytes, at most ${idealBytes} bytes live`,
    ...comparisonLines(poolTable(comparison)),
  ];
}
