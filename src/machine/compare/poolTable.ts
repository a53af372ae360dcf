import type { PoolComparison, PoolRow } from "./pools";
import { tableOf, type ComparisonTable, type Measure } from "./table";

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
  {
    id: "internal",
    title: "Internal frag.",
    unit: "share",
    description: "Internal fragmentation when most bytes were live: the share of the used blocks that nobody asked for",
    better: "less",
    isCharted: true,
    of: (row) => row.atPeak.internal,
    ideal: () => 0,
  },
  {
    id: "external",
    title: "External frag.",
    unit: "share",
    description:
      "External fragmentation when most bytes were live: the share of the free bytes outside the largest hole",
    better: "less",
    isCharted: true,
    of: (row) => row.atPeak.external,
    ideal: () => 0,
  },
  {
    id: "searched",
    title: "Searched",
    unit: "count",
    description: "Free blocks looked at",
    better: "less",
    isCharted: false,
    of: (row) => row.searched,
    ideal: null,
  },
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
