import { parse } from "../../language/parser";
import { comparePools, type PoolComparison } from "../../machine/compare/pools";
import { defaultLimits } from "../../machine/limits";
import { plural } from "../../machine/problems/wording";
import { renderTable } from "../table";

/** `compare --pools`: the requests of each pool and slab cache of a script in a pool, a slab cache and every heap. */
export function poolLines(text: string, isJson: boolean): string[] {
  const comparisons = comparePools(parse(text), defaultLimits);
  if (isJson) {
    return comparisons.flatMap(({ name, rows }) => rows.map((row) => JSON.stringify({ kind: "pool", name, ...row })));
  }
  if (comparisons.length === 0) return ["The script has no pool and no slab cache."];
  return comparisons.flatMap((comparison, index) => [...(index === 0 ? [] : [""]), ...tableOf(comparison)]);
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

function tableOf({ name, blockSize, allocations, idealBytes, rows }: PoolComparison): string[] {
  return [
    `${name}: ${plural(allocations, "allocation")} of blocks of ${blockSize} bytes, at most ${idealBytes} bytes live`,
    ...renderTable([
      ["allocator", "memory", "overhead", "internal", "external", "searched", "refused"],
      ...rows.map((row) => [
        row.allocator,
        String(row.memoryBytes),
        String(row.overheadBytes),
        percent(row.atPeak.internal),
        percent(row.atPeak.external),
        String(row.searched),
        String(row.failures),
      ]),
    ]),
  ];
}
