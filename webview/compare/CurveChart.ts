import { Chart, LinearScale, LineController, LineElement, PointElement, type ChartDataset } from "chart.js";
import type { PanelContext } from "../context";
import type { Colours } from "../theme";
import { paintedByChart } from "../export/chartPainter";
import { el } from "../ui/dom";
import { count } from "../ui/numbers";

Chart.register(LineController, LineElement, PointElement, LinearScale);

export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface CurvePicture {
  /** What the chart shows, for those who cannot see it. */
  readonly label: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly curves: readonly Curve[];
}

/** Looks of the lines, told apart by dashes as well as by colour; the style sheet draws the same swatches. */
const looks = [
  { name: "first", dash: [] },
  { name: "second", dash: [7, 4] },
  { name: "third", dash: [2, 3] },
] as const;

/** Curves over a common horizontal axis, with a legend. Nothing is animated. */
export class CurveChart {
  readonly element: HTMLElement;
  private readonly chart: Chart<"line", { x: number; y: number }[]>;

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
    this.chart = new Chart(canvas, {
      type: "line",
      data: { datasets: [] },
      options: { animation: false, responsive: true, maintainAspectRatio: false, events: [] },
    });
    paintedByChart(this.chart);
  }

  draw(): void {
    if (!this.element.isConnected) return;
    const { colours } = this.context.theme;
    const { xTitle, yTitle, curves } = this.picture;
    const font = { family: colours.font, size: 11 };
    const axis = (text: string) => ({
      type: "linear" as const,
      min: 0,
      title: { display: true, text, color: colours.muted, font },
      ticks: {
        color: colours.muted,
        font,
        maxRotation: 0,
        precision: 0,
        callback: (value: string | number) => count(Number(value)),
      },
      grid: { color: colours.grid, tickColor: colours.grid },
      border: { color: colours.grid },
    });
    this.chart.data.datasets = curves.map((curve, at) => dataset(curve, at, colours));
    this.chart.options.scales = { x: axis(xTitle), y: axis(yTitle) };
    this.chart.update("none");
  }

  destroy(): void {
    this.chart.destroy();
  }
}

function dataset({ points }: Curve, at: number, colours: Colours): ChartDataset<"line", { x: number; y: number }[]> {
  const look = looks[at % looks.length];
  const colour = [colours.used, colours.changed, colours.fragmentation][at % looks.length];
  return {
    data: [...points],
    borderColor: colour,
    backgroundColor: colour,
    borderDash: [...look.dash],
    borderWidth: 2,
    pointRadius: points.length <= 16 ? 3 : 0,
    tension: 0,
  };
}
