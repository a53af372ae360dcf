import { bestValues } from "../../src/inspector/compareView";
import { format } from "../../src/inspector/strings";
import type { ColumnUnit, ComparisonTable } from "../../src/machine/compare/comparisonTable";
import type { PanelContext } from "../context";
import { el, type Child } from "../ui/dom";
import { count, decimal, percent, size } from "../ui/numbers";
import { renderTable, type Row } from "../ui/table";
import { CompareChart } from "./CompareChart";

/** A table of candidates with the best of each column marked, below bars of its charted columns. */
export class TablePart {
  readonly elements: readonly HTMLElement[];
  private readonly charts: readonly CompareChart[];

  constructor(
    private readonly context: PanelContext,
    private readonly compared: ComparisonTable,
    caption: string,
  ) {
    const { columns, rows } = compared;
    // A column of zeros has nothing for bars to show.
    const charted = columns.filter(
      ({ isCharted }, at) => isCharted && rows.some(({ isIdeal, values }) => !isIdeal && values[at] !== 0),
    );
    const units = new Set(charted.map(({ unit }) => unit));
    this.charts = [...units].map((unit) => new CompareChart(context, compared, unit));
    this.elements = [
      el("div", { class: "compare-charts" }, ...this.charts.map(({ element }) => element)),
      this.table(caption),
    ];
  }

  /** To be called once the elements are in the page, and when colours have changed. */
  draw(): void {
    for (const chart of this.charts) chart.draw();
  }

  destroy(): void {
    for (const chart of this.charts) chart.destroy();
  }

  private table(caption: string): HTMLElement {
    const { context, compared } = this;
    const { subject, columns, rows } = compared;
    const best = bestValues(compared);
    const heads = [
      { title: subject },
      ...columns.map(({ title, description }) => ({ title, description, numeric: true })),
    ];
    const lines = rows.map(({ name, values, isIdeal }): Row => ({
      attributes: { "data-candidate": name, class: isIdeal && "ideal" },
      cells: [name, ...values.map((value, at) => this.cell(value, columns[at].unit, !isIdeal && value === best[at]))],
    }));
    return renderTable(heads, lines, caption, context.strings);
  }

  private cell(value: number | null, unit: ColumnUnit, isBest: boolean): Child {
    const { strings } = this.context;
    if (value === null) return "–";
    const text = this.text(value, unit);
    const exact = unit === "bytes" ? format(strings.bytes, count(value)) : null;
    if (!isBest) return exact === null ? text : el("span", { title: exact }, text);
    return el(
      "strong",
      { class: "best", title: exact },
      text,
      el("span", { class: "sr-only" }, `, ${strings.compareBest}`),
    );
  }

  private text(value: number, unit: ColumnUnit): string {
    switch (unit) {
      case "share":
        return percent(value);
      case "bytes":
        return size(value);
      case "milliseconds":
        return format(this.context.strings.compareTime, decimal(value));
      case "mean":
        return decimal(value);
      case "count":
        return count(value);
    }
  }
}
