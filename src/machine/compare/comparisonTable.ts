import type { Comparison, Difference, PolicyRow } from "./rows";

/** What a column's numbers are: shares go from 0 to 1, means are numbers with fractions. */
export type ColumnUnit = "count" | "mean" | "bytes" | "share" | "milliseconds";

export interface ComparisonColumn {
  readonly id: string;
  /** For a table's head. */
  readonly title: string;
  /** What it measures, without a full stop. */
  readonly description: string;
  readonly unit: ColumnUnit;
  /** Which of two numbers is better; null when neither is. */
  readonly better: "more" | "less" | null;
  /** Whether a chart shows it, together with the others of its unit. */
  readonly isCharted: boolean;
}

export interface ComparisonTableRow {
  readonly name: string;
  /** One for each column; null where the column does not apply. */
  readonly values: readonly (number | null)[];
  /** The bound that the other rows are held against. */
  readonly isIdeal: boolean;
}

/** Candidates side by side, whatever they are: policies, or a pool and a heap. */
export interface ComparisonTable {
  /** Head of the column of names. */
  readonly subject: string;
  readonly columns: readonly ComparisonColumn[];
  readonly rows: readonly ComparisonTableRow[];
}

/** A column with the numbers of its rows. */
export interface Measure<Row> extends ComparisonColumn {
  readonly of: (row: Row) => number;
  /** The bound's value; null when there is none. */
  readonly ideal: ((idealBytes: number) => number) | null;
  /** Left out of the table when every row has 0. */
  readonly isOptional?: boolean;
}

const none = (): number => 0;
const same = (bytes: number): number => bytes;

/** What every allocator is asked. */
export const fragmentationMeasures: readonly Measure<{
  readonly atPeak: { readonly internal: number; readonly external: number };
  readonly searched: number;
}>[] = [
  {
    id: "internal",
    title: "Internal frag.",
    unit: "share",
    description: "Internal fragmentation when most bytes were live: the share of the used blocks that nobody asked for",
    better: "less",
    isCharted: true,
    of: (row) => row.atPeak.internal,
    ideal: none,
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
    ideal: none,
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
];

const measures: readonly Measure<PolicyRow>[] = [
  {
    id: "utilization",
    title: "Utilization",
    unit: "share",
    description: "Most bytes live at once, as a share of the largest size of the heap",
    better: "more",
    isCharted: true,
    of: (row) => row.utilization,
    ideal: () => 1,
  },
  {
    id: "peakHeapBytes",
    title: "Peak heap",
    unit: "bytes",
    description: "Largest size of the heap",
    better: "less",
    isCharted: false,
    of: (row) => row.peakHeapBytes,
    ideal: same,
  },
  {
    id: "givenBack",
    title: "Given back",
    unit: "bytes",
    description: "Bytes by which the heap is smaller at the end than it was at most",
    better: "more",
    isCharted: false,
    of: (row) => row.peakHeapBytes - row.heapBytes,
    ideal: null,
    isOptional: true,
  },
  {
    id: "highWater",
    title: "High water",
    unit: "bytes",
    description: "Bytes from the start of the heap to the end of the highest block that was ever handed out",
    better: "less",
    isCharted: true,
    of: (row) => row.highWater,
    ideal: same,
  },
  ...fragmentationMeasures,
  {
    id: "splits",
    title: "Splits",
    unit: "count",
    description: "Blocks that were cut in two",
    better: null,
    isCharted: false,
    of: (row) => row.splits,
    ideal: null,
  },
  {
    id: "coalesces",
    title: "Coalesces",
    unit: "count",
    description: "Free blocks that were merged into a neighbour",
    better: null,
    isCharted: false,
    of: (row) => row.coalesces,
    ideal: null,
  },
  {
    id: "failures",
    title: "Refused",
    unit: "count",
    description: "Allocations and resizes that found no room",
    better: "less",
    isCharted: false,
    of: (row) => row.failures,
    ideal: none,
  },
  {
    id: "faults",
    title: "Faults",
    unit: "count",
    description: "Page faults",
    better: "less",
    isCharted: false,
    of: (row) => row.faults,
    ideal: null,
    isOptional: true,
  },
  {
    id: "errors",
    title: "Errors",
    unit: "count",
    description: "Problems of severity error",
    better: "less",
    isCharted: false,
    of: (row) => row.errors,
    ideal: null,
    isOptional: true,
  },
  {
    id: "milliseconds",
    title: "Time",
    unit: "milliseconds",
    description: "Time of the run on this machine, with the measuring",
    better: null,
    isCharted: false,
    of: (row) => row.milliseconds,
    ideal: null,
  },
];

/** Name of the row of the bound: an allocator whose heap is never larger than the bytes asked for. */
export const idealName = "ideal";

/** A row for each policy, then the ideal. */
export function comparisonTable({ rows, idealBytes }: Comparison): ComparisonTable {
  const named = rows.map((row) => ({ name: row.policy, row }));
  return tableOf("Policy", measures, named, idealBytes);
}

/** The table of some candidates, then the ideal, if there is one; `subject` heads their names. */
export function tableOf<Row>(
  subject: string,
  columns: readonly Measure<Row>[],
  rows: readonly { readonly name: string; readonly row: Row }[],
  idealBytes: number | null,
): ComparisonTable {
  const shown = columns.filter(({ isOptional, of }) => isOptional !== true || rows.some(({ row }) => of(row) > 0));
  return {
    subject,
    columns: shown.map(columnOf),
    rows: [
      ...rows.map(({ name, row }) => ({ name, values: shown.map(({ of }) => of(row)), isIdeal: false })),
      ...(idealBytes === null
        ? []
        : [{ name: idealName, values: shown.map(({ ideal }) => ideal?.(idealBytes) ?? null), isIdeal: true }]),
    ],
  };
}

function columnOf<Row>({ id, title, description, unit, better, isCharted }: Measure<Row>): ComparisonColumn {
  return { id, title, description, unit, better, isCharted };
}

/** A value as text without grouping: shares in per cent, times in milliseconds; `-` where there is none. */
export function plainValue(value: number | null, unit: ColumnUnit): string {
  if (value === null) return "-";
  switch (unit) {
    case "share":
      return `${(100 * value).toFixed(2)}%`;
    case "mean":
      return value.toFixed(2);
    case "milliseconds":
      return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
    case "bytes":
    case "count":
      return String(value);
  }
}

/** RFC 4180, with LF: shares from 0 to 1, bytes and times as plain numbers, so that a spreadsheet can reckon with them. */
export function toCsv({ subject, columns, rows }: ComparisonTable): string {
  const head = [subject, ...columns.map(({ title, unit }) => (unit === "milliseconds" ? `${title} (ms)` : title))];
  const body = rows.map(({ name, values }) => [name, ...values.map((value) => (value === null ? "" : String(value)))]);
  return [head, ...body].map((cells) => `${cells.map(quoted).join(",")}\n`).join("");
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** `best-fit parts from first-fit at line 7, step 9 (d = alloc 24): 0x10148 instead of 0x10020`. */
export function differenceText({ policy, base, line, step, text, baseResult, result }: Difference): string {
  return `${policy} parts from ${base} at line ${line + 1}, step ${step} (${text}): ${result} instead of ${baseResult}`;
}
