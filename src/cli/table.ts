import { plainValue, type ComparisonTable } from "../machine/compare/comparisonTable";

/** Columns of text: the first flush left, the others flush right, two spaces between. */
export function renderTable(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** Statistics one a line, name and value; fractions with four digits. */
export function statisticLines(stats: object): string[] {
  return renderTable(
    Object.entries(stats).map(([name, value]) => [
      `  ${name}`,
      typeof value === "number" && !Number.isInteger(value) ? value.toFixed(4) : String(value),
    ]),
  );
}

/** Candidates side by side, a row each. */
export function comparisonLines({ subject, columns, rows }: ComparisonTable): string[] {
  return renderTable([
    [subject, ...columns.map(({ title }) => title)].map((title) => title.toLowerCase()),
    ...rows.map(({ name, values }) => [name, ...columns.map(({ unit }, at) => plainValue(values[at] ?? null, unit))]),
  ]);
}
