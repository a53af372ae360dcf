import { renderTable } from "../../src/cli/table";
import type { Spread } from "./statistics";

/** What we want a measured number to be. */
export interface Target {
  readonly what: string;
  readonly sense: "at least" | "at most";
  readonly bound: number;
  readonly measured: Spread;
  /** After the numbers; a ratio, which has none, shows `x`. */
  readonly unit?: string;
}

export type Row = readonly string[];

function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
}

export function printTitle(title: string): void {
  print(["", title, "-".repeat(title.length)]);
}

export function printNote(note: string): void {
  print([note]);
}

export function printTable(head: Row, rows: readonly Row[]): void {
  print(["", ...renderTable([head, ...rows])]);
}

/** Each target beside what was measured. The median decides. */
export function printTargets(targets: readonly Target[]): void {
  const rows = targets.map(({ what, sense, bound, measured, unit = "x" }) => {
    const isReached = sense === "at least" ? measured.median >= bound : measured.median <= bound;
    return [`  ${what}`, `${sense} ${bound} ${unit}`, showSpread(measured), isReached ? "reached" : "MISSED"];
  });
  printTable(["target", "wanted", "measured (range)", ""], rows);
}

/** Three significant digits, whole from 100 on; four below 1, so that a target just missed does not look reached. */
export function showNumber(value: number): string {
  if (!Number.isFinite(value)) return "-";
  return value >= 100 ? value.toFixed(0) : value.toPrecision(value < 1 ? 4 : 3);
}

/** The median, and the range unless there was one round only. */
export function showSpread({ median, least, most }: Spread): string {
  const middle = showNumber(median);
  return least === most ? middle : `${middle} (${showNumber(least)}-${showNumber(most)})`;
}

export function showPercent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}
