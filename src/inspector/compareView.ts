import type { PolicyChoice } from "../machine/compare/parts/parts";
import type { PagingCurves } from "../machine/curves/pagingCurves";
import type { PoolComparison } from "../machine/compare/pools";
import { poolTable } from "../machine/compare/poolTable";
import type { Comparison, Difference } from "../machine/compare/rows";
import { comparisonTable, type ComparisonTable } from "../machine/compare/comparisonTable";

/** The policies of page replacement, of a lookaside buffer or of caches side by side. */
export interface PartView {
  readonly heading: string;
  readonly table: ComparisonTable;
  /** Sentences about policies that could not be run. */
  readonly notes: readonly string[];
}

/** What makes the same comparison again. */
export interface CompareAgain {
  readonly choice: PolicyChoice;
  /** Options of the page table and of the caches that a trace of memory references goes through; empty for none. */
  readonly vm?: string;
  readonly cache?: string;
}

/** A comparison as the panel shows it. */
export interface CompareView {
  /** Name of the script or trace. */
  readonly title: string;
  /** The pool or slab cache whose requests the allocators served; null when policies ran the whole script or trace. */
  readonly pool: string | null;
  /** Fit policies or allocators; without rows where there is no heap. */
  readonly table: ComparisonTable;
  /** Where each of the others first parts from the first one; lines are 0-based. */
  readonly differences: readonly Difference[];
  /** Whether lines can be shown in an editor; those of a packed trace cannot. */
  readonly hasLines: boolean;
  /** Page faults by number of frames; null without page references. */
  readonly paging: PagingCurves | null;
  /** What references go through; none when absent. */
  readonly parts?: readonly PartView[];
  readonly again?: CompareAgain;
}

/** The view of a comparison of policies, its titles in the language of `translate`. */
export function compareView(
  title: string,
  comparison: Comparison,
  hasLines: boolean,
  translate: (text: string) => string,
): CompareView {
  const { differences, paging } = comparison;
  return {
    title,
    pool: null,
    table: translated(comparisonTable(comparison), translate),
    differences,
    hasLines,
    paging,
  };
}

/** The view of what one pool's requests cost in every allocator. */
export function poolCompareView(
  title: string,
  comparison: PoolComparison,
  translate: (text: string) => string,
): CompareView {
  const table = translated(poolTable(comparison), translate);
  return { title, pool: comparison.name, table, differences: [], hasLines: true, paging: null };
}

/** The table with its texts, but the names of candidates, in another language. */
export function translated(table: ComparisonTable, translate: (text: string) => string): ComparisonTable {
  return {
    subject: translate(table.subject),
    columns: table.columns.map((column) => ({
      ...column,
      title: translate(column.title),
      description: translate(column.description),
    })),
    rows: table.rows.map((row) => (row.isIdeal ? { ...row, name: translate(row.name) } : row)),
  };
}

/**
 * The best value of each column among the candidates; null where the column has no better, or where all are alike,
 * since then nothing stands out.
 */
export function bestValues({ columns, rows }: ComparisonTable): (number | null)[] {
  return columns.map(({ better }, at) => {
    const values = rows.filter(({ isIdeal }) => !isIdeal).map((row) => row.values[at]);
    const numbers = values.filter((value) => value !== null);
    const least = numbers.reduce((left, right) => Math.min(left, right), Infinity);
    const most = numbers.reduce((left, right) => Math.max(left, right), -Infinity);
    if (better === null || least >= most) return null;
    return better === "more" ? most : least;
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Whether something received has the outline of a view. */
export function isCompareView(value: unknown): value is CompareView {
  if (!isObject(value)) return false;
  const { title, pool, table, differences, hasLines, paging, parts } = value;
  return (
    typeof title === "string" &&
    (pool === null || typeof pool === "string") &&
    isObject(table) &&
    Array.isArray(table["columns"]) &&
    Array.isArray(table["rows"]) &&
    Array.isArray(differences) &&
    typeof hasLines === "boolean" &&
    (paging === null || isObject(paging)) &&
    (parts === undefined || Array.isArray(parts))
  );
}
