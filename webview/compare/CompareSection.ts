import { bestValues, type CompareView } from "../../src/inspector/compareView";
import { format } from "../../src/inspector/strings";
import type { ColumnUnit } from "../../src/machine/compare/comparisonTable";
import type { PanelContext } from "../context";
import { pushButton } from "../ui/button";
import { el, type Child } from "../ui/dom";
import { count, decimal, percent, size } from "../ui/numbers";
import { sectionHeading } from "../ui/parts";
import { renderTable, type Row } from "../ui/table";
import { CompareChart } from "./CompareChart";
import { PagingPart } from "./paging";
import { differenceList } from "./differences";

/** Policies or allocators side by side: charts with the ideal bound, the table, and the lines where policies part. */
export class CompareSection {
  readonly element: HTMLElement;
  private readonly body = el("div");
  private readonly heading: HTMLElement;
  private charts: CompareChart[] = [];
  private paging: PagingPart | null = null;

  constructor(
    private readonly context: PanelContext,
    private readonly view: CompareView,
  ) {
    const { strings, post } = context;
    const heading = view.pool === null ? strings.compare : format(strings.comparePool, view.pool);
    const tools = el(
      "div",
      { class: "tools", role: "toolbar", "aria-label": heading },
      pushButton({
        label: strings.compareAgain,
        icon: "refresh",
        id: "compareAgain",
        press: () => post({ kind: "compareAgain" }),
      }).element,
      pushButton({
        label: strings.compareCopy,
        icon: "copy",
        id: "copyComparison",
        press: () => post({ kind: "copyComparison" }),
      }).element,
      pushButton({
        label: strings.compareClose,
        icon: "close",
        id: "closeComparison",
        press: () => post({ kind: "closeComparison" }),
      }).element,
    );
    this.heading = sectionHeading(context, "compare", heading, view.title);
    this.heading.append(tools);
    this.element = el("section", { class: "section compare", "aria-labelledby": "compare" }, this.heading, this.body);
    this.fill();
  }

  /** Brings the comparison to the top of the panel. */
  reveal(): void {
    this.element.scrollIntoView({ block: "start" });
  }

  /** To be called once the element is in the page, and when colours have changed. */
  repaint(): void {
    for (const chart of this.charts) chart.draw();
    this.paging?.draw();
  }

  dispose(): void {
    for (const chart of this.charts) chart.destroy();
    this.charts = [];
    this.paging?.destroy();
    this.paging = null;
  }

  private fill(): void {
    const { view, context } = this;
    const { columns, rows } = view.table;
    // A script without a heap has nothing for bars to show.
    const charted = columns.filter(
      ({ isCharted }, at) => isCharted && rows.some(({ isIdeal, values }) => !isIdeal && values[at] !== 0),
    );
    const units = new Set(charted.map(({ unit }) => unit));
    this.charts = [...units].map((unit) => new CompareChart(context, view.table, unit));
    this.body.replaceChildren(
      el("div", { class: "compare-charts" }, ...this.charts.map(({ element }) => element)),
      this.table(),
      el("p", { class: "muted compare-hint" }, context.strings.compareBestHint),
      ...(view.pool === null ? [differenceList(context, view)] : []),
    );
    if (view.paging === null) return;
    this.paging = new PagingPart(context, view.paging);
    this.body.append(this.paging.element);
  }

  private table(): HTMLElement {
    const { context, view } = this;
    const { subject, columns, rows } = view.table;
    const best = bestValues(view.table);
    const heads = [
      { title: subject },
      ...columns.map(({ title, description }) => ({ title, description, numeric: true })),
    ];
    const lines = rows.map(({ name, values, isIdeal }): Row => ({
      attributes: { "data-candidate": name, class: isIdeal && "ideal" },
      cells: [name, ...values.map((value, at) => this.cell(value, columns[at].unit, !isIdeal && value === best[at]))],
    }));
    return renderTable(heads, lines, context.strings.compareTable, context.strings);
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
