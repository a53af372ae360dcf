import { format } from "../../src/inspector/strings";
import type { ColumnUnit, ComparisonTable } from "../../src/machine/compare/comparisonTable";
import type { PanelContext } from "../context";
import { el } from "../ui/dom";
import { percent, size } from "../ui/numbers";
import { LateChart } from "../charts/LateChart";
import type { BarChart, BarPicture } from "./BarChart";
import { lookAt } from "./fills";

/** The charted columns of one unit: a group of bars for each candidate, a line for the ideal, and the legend. */
export class CompareChart {
  readonly element: HTMLElement;
  private readonly chart: LateChart<BarChart, BarPicture>;
  private readonly columns: readonly number[];

  constructor(
    private readonly context: PanelContext,
    private readonly table: ComparisonTable,
    private readonly unit: ColumnUnit,
  ) {
    const { strings } = context;
    this.columns = [...table.columns.keys()].filter((at) => {
      const column = table.columns[at];
      return column.isCharted && column.unit === unit;
    });
    const titles = this.columns.map((at) => table.columns[at].title);
    const label = format(
      strings.compareChart,
      titles.join(", "),
      this.candidates()
        .map(({ name }) => name)
        .join(", "),
    );
    const canvas = el("canvas", { role: "img", "aria-label": label });
    const legend = el("ul", { class: "legend" });
    titles.forEach((title, place) => {
      legend.append(el("li", {}, el("span", { class: `bar-swatch ${lookAt(place)}`, "aria-hidden": "true" }), title));
    });
    const ideal = this.ideal();
    if (ideal !== null) {
      const text = format(strings.compareIdeal, unit === "share" ? percent(ideal) : size(ideal));
      legend.append(el("li", {}, el("span", { class: "ideal-swatch", "aria-hidden": "true" }), text));
    }
    this.element = el("figure", { "data-unit": unit }, el("div", { class: "bar-stage" }, canvas), legend);
    this.chart = new LateChart(context.later, (charts) => new charts.BarChart(canvas));
  }

  draw(): void {
    const { context, columns, unit } = this;
    if (!this.element.isConnected) return;
    const candidates = this.candidates();
    this.chart.draw({
      unit,
      names: candidates.map(({ name }) => name),
      series: columns.map((at) => candidates.map(({ values }) => values[at] ?? 0)),
      ideal: this.ideal(),
      colours: context.theme.colours,
    });
  }

  destroy(): void {
    this.chart.destroy();
  }

  private candidates(): ComparisonTable["rows"] {
    return this.table.rows.filter(({ isIdeal }) => !isIdeal);
  }

  /** The bound of the unit: its largest ideal, since a fragmentation of 0 is the axis itself. */
  private ideal(): number | null {
    const row = this.table.rows.find(({ isIdeal }) => isIdeal);
    const values = this.columns.map((at) => row?.values[at] ?? 0);
    const most = values.reduce((left, right) => Math.max(left, right), 0);
    return most > 0 ? most : null;
  }
}
