import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ChartDataset,
  type Plugin,
  type Scale,
} from "chart.js";
import type { SeriesView, StepView } from "../../src/inspector/model";
import type { Colours } from "../theme";
import { percent, size } from "../ui/numbers";

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

export const seriesNames = ["used", "free", "largest", "fragmentation"] as const;
export type SeriesName = (typeof seriesNames)[number];

/** Dashes tell the lines apart without colour. */
export const dashes: Readonly<Record<SeriesName, readonly number[]>> = {
  used: [],
  free: [2, 3],
  largest: [8, 4],
  fragmentation: [8, 3, 2, 3],
};

export interface ChartPicture {
  readonly series: SeriesView;
  readonly step: StepView;
  readonly visible: Readonly<Record<SeriesName, boolean>>;
  readonly colours: Colours;
  /** The step under the keyboard or the pointer. */
  readonly cursor: number | null;
}

/** The chart.js chart of the timeline. Colours are handed in at each drawing, nothing is animated. */
export class StepChart {
  private readonly chart: Chart<"line", { x: number; y: number }[]>;
  private picture: ChartPicture | null = null;

  /** `onDrawn` is told after each drawing, those for a new size included. */
  constructor(canvas: HTMLCanvasElement, onDrawn: () => void) {
    const marks: Plugin<"line"> = { id: "marks", afterDatasetsDraw: () => this.drawMarks(), afterDraw: onDrawn };
    this.chart = new Chart(canvas, {
      type: "line",
      data: { datasets: [] },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: { top: 6, right: 4 } },
      },
      plugins: [marks],
    });
  }

  draw(picture: ChartPicture): void {
    this.picture = picture;
    const { series, step, visible, colours } = picture;
    const last = Math.max(1, step.total ?? step.reached, series.steps.at(-1) ?? 0);
    const tick = { color: colours.muted, font: { family: colours.font, size: 11 }, maxRotation: 0 };
    const grid = { color: colours.grid, tickColor: colours.grid };
    const border = { color: colours.grid };
    this.chart.data.datasets = seriesNames
      .filter((name) => visible[name])
      .map((name) => this.dataset(name, series, colours));
    this.chart.options.scales = {
      x: {
        type: "linear",
        min: 0,
        max: last,
        ticks: { ...tick, precision: 0, maxTicksLimit: 10 },
        grid: { display: false },
        border,
      },
      bytes: {
        type: "linear",
        position: "left",
        min: 0,
        display: visible.used || visible.free || visible.largest,
        ticks: { ...tick, maxTicksLimit: 5, callback: (value) => size(Number(value)) },
        grid,
        border,
      },
      share: {
        type: "linear",
        position: "right",
        min: 0,
        max: 1,
        display: visible.fragmentation,
        ticks: { ...tick, maxTicksLimit: 5, callback: (value) => percent(Number(value)) },
        grid: { display: false },
        border,
      },
    };
    this.chart.update("none");
  }

  /** The step under a pixel from the canvas's left edge. */
  stepAt(x: number): number {
    const scale = this.scale();
    const value = scale?.getValueForPixel(x) ?? 0;
    return Math.round(Math.max(0, Math.min(scale?.max ?? 0, value)));
  }

  /** Pixel of a step from the canvas's left edge. */
  pixelOf(step: number): number {
    return this.scale()?.getPixelForValue(step) ?? 0;
  }

  /** The scale of steps; there is none before the first drawing. */
  private scale(): Scale | undefined {
    const scales: Readonly<Partial<Record<string, Scale>>> = this.chart.scales;
    return scales["x"];
  }

  destroy(): void {
    this.chart.destroy();
  }

  private dataset(
    name: SeriesName,
    series: SeriesView,
    colours: Colours,
  ): ChartDataset<"line", { x: number; y: number }[]> {
    const colour = {
      used: colours.used,
      free: colours.free,
      largest: colours.largest,
      fragmentation: colours.fragmentation,
    };
    const values = series[name];
    return {
      data: series.steps.map((x, at) => ({ x, y: values[at] ?? 0 })),
      parsing: false,
      normalized: true,
      borderColor: colour[name],
      backgroundColor: `color-mix(in srgb, ${colours.used} 16%, transparent)`,
      fill: name === "used" ? "origin" : false,
      borderWidth: name === "used" ? 2 : 1.5,
      borderDash: [...dashes[name]],
      pointRadius: 0,
      stepped: "before",
      yAxisID: name === "fragmentation" ? "share" : "bytes",
    };
  }

  /** The step shown, the cursor, and a triangle at each step with a problem. */
  private drawMarks(): void {
    const { picture, chart } = this;
    if (picture === null) return;
    const { ctx: context, chartArea } = chart;
    const { colours, step, cursor } = picture;
    const line = (at: number, colour: string, dash: number[], width: number): void => {
      const x = this.pixelOf(at);
      context.save();
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(x, chartArea.top);
      context.lineTo(x, chartArea.bottom);
      context.stroke();
      context.restore();
    };
    context.save();
    context.fillStyle = colours.error;
    for (const at of step.problemSteps) {
      const x = this.pixelOf(at);
      context.beginPath();
      context.moveTo(x - 4, chartArea.bottom);
      context.lineTo(x + 4, chartArea.bottom);
      context.lineTo(x, chartArea.bottom - 7);
      context.fill();
    }
    context.restore();
    line(step.position, colours.foreground, [], 1.5);
    if (cursor !== null && cursor !== step.position) line(cursor, colours.focus, [4, 3], 1.5);
  }
}
