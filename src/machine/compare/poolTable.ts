import type { PoolComparison, PoolRow } from "./pools";
import { fragmentationMeasures, tableOf, type ComparisonTable, type Measure } from "./comparisonTable";

const measures: readonly Measure<PoolRow>[] = [
  {
    id: "memoryBytes",
    title: "Memory",
    unit: "bytes",
    description: "Memory taken at the peak",
    better: "less",
    isCharted: true,
    of: (row) => row.memoryBytes,
    ideal: (bytes) => bytes,
  },
  {
    id: "overheadBytes",
    title: "Overhead",
    unit: "bytes",
    description: "Memory beyond the most bytes live at once: headers, bookkeeping, rounding, free blocks",
    better: "less",
    isCharted: false,
    of: (row) => row.overheadBytes,
    ideal: () => 0,
  },
  ...fragmentationMeasures,
  {
    id: "failures",
    title: "Refused",
    unit: "count",
    description: "Requests that found no room",
    better: "less",
    isCharted: false,
    of: (row) => row.failures,
    ideal: () => 0,
  },
];

/** A row for the pool, the slab cache and the heap of each policy, then the ideal. */
export function poolTable({ rows, idealBytes }: PoolComparison): ComparisonTable {
  const named = rows.map((row) => ({ name: row.allocator, row }));
  return tableOf("Allocator", measures, named, idealBytes);
}
