import { LateChart } from "../charts/LateChart";
import type { PanelContext } from "../context";
import { el } from "../ui/dom";
import { looks, type Curve } from "./curveLooks";
import type { LineChart, LinePicture } from "./LineChart";

export interface CurvePicture {
  /** What the chart shows, for those who cannot see it. */
  readonly label: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly curves: readonly Curve[];
}

/** Curves with a legend. */
export class CurveChart {
  readonly element: HTMLElement;
  private readonly chart: LateChart<LineChart, LinePicture>;

  constructor(
    private readonly context: PanelContext,
    private readonly picture: CurvePicture,
  ) {
    const canvas = el("canvas", { role: "img", "aria-label": picture.label });
    const legend = el("ul", { class: "legend" });
    picture.curves.forEach(({ name }, at) => {
      const look = looks[at % looks.length];
      legend.append(el("li", {}, el("span", { class: `line-swatch ${look.name}`, "aria-hidden": "true" }), name));
    });
    this.element = el("figure", { class: "curves" }, el("div", { class: "bar-stage" }, canvas), legend);
    this.chart = new LateChart(context.later, (charts) => new charts.LineChart(canvas));
  }

  draw(): void {
    if (!this.element.isConnected) return;
    this.chart.draw({ ...this.picture, colours: this.context.theme.colours });
  }

  destroy(): void {
    this.chart.destroy();
  }
}
