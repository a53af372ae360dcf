import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { printTable, printTitle, type Row, showNumber, showSpread, type Target } from "./report";
import type { Spread } from "./statistics";

/** A ratio that a part measured, and in which direction it gets better. */
export interface Ratio extends Spread {
  readonly better: "more" | "less";
}

/** Ratios by the part that measured them and by what they compare. Times are of one machine and do not stand here. */
export type Results = Record<string, Record<string, Ratio>>;

/** A median that is worse by this part of the committed one, beyond both ranges, fails a comparison. */
const tolerance = 0.2;

export function resultsOf(targets: readonly Target[]): Record<string, Ratio> {
  const ratios = targets.filter(({ unit }) => unit === undefined);
  return Object.fromEntries(
    ratios.map(({ what, sense, measured }) => [what, { ...measured, better: sense === "at least" ? "more" : "less" }]),
  );
}

export function readResults(file: string): Results {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Results) : {};
}

/** Parts that `results` lacks stay in the file as they are. Numbers have four digits. */
export function writeResults(file: string, results: Results): void {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === "number" ? Number(value.toPrecision(4)) : value;
  writeFileSync(file, `${JSON.stringify({ ...readResults(file), ...results }, rounded, 2)}\n`);
}

/** Prints each ratio beside the committed one; the number of those that are worse. */
export function compareResults(committed: Partial<Record<string, Partial<Results[string]>>>, results: Results): number {
  const rows: Row[] = [];
  let worse = 0;
  for (const [part, ratios] of Object.entries(results)) {
    for (const [what, now] of Object.entries(ratios)) {
      const then = committed[part]?.[what];
      const verdict = then === undefined ? "new" : judge(then, now);
      if (verdict === "WORSE") worse += 1;
      const change = then === undefined ? "" : `${showNumber((100 * now.median) / then.median)} %`;
      rows.push([`  ${part}: ${what}`, then === undefined ? "-" : showSpread(then), showSpread(now), change, verdict]);
    }
  }
  printTitle("Compared with the committed results");
  printTable(["ratio", "committed (range)", "now (range)", "now : committed", ""], rows);
  return worse;
}

/** Better or worse only where the ranges do not touch and the medians differ by more than the tolerance. */
export function judge(then: Ratio, now: Ratio): "" | "better" | "WORSE" {
  const isMore = now.least > then.most && now.median > then.median * (1 + tolerance);
  const isLess = now.most < then.least && now.median < then.median * (1 - tolerance);
  if (!isMore && !isLess) return "";
  return isMore === (then.better === "more") ? "better" : "WORSE";
}
