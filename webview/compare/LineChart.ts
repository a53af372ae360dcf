import { Chart, LinearScale, LineController, LineElement, PointElement, type ChartDataset } from "chart.js";
import type { Colours } from "../theme";
import { stillChart } from "../charts/still";
import { count } from "../ui/numbers";
import { looks, type Curve } from "./curveLooks";

Chart.register(LineController, LineElement, PointElement, LinearScale);

export interface LinePicture {
  readonly xTitle: string;
  readonly yTitle: string;
  readonly curves: readonly Curve[];
  readonly colours: Colours;
}

/** Curves over a common horizontal axis. Colours are handed in at each drawing, nothing is animated. */
export class LineChart {
  private readonly chart: Chart<"line", { x: number; y: number }[]>;

  constructor(canvas: HTMLCanvasElement) {
    this.chart = new Chart(canvas, {
      type: "line",
      data: { datasets: [] },
      options: stillChart,
    });
  }

  draw({ xTitle, yTitle, curves, colours }: LinePicture): void {
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
