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
import { paintedByChart } from "../export/chartPainter";
import type { Colours } from "../theme";
import { valueText, type Axis, type SeriesLook } from "./series";
import type { StepRange } from "./range";

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

export interface ChartPicture {
  readonly series: SeriesView;
  readonly step: StepView;
  /** The lines to draw. */
  readonly looks: readonly SeriesLook[];
  readonly range: StepRange;
  readonly colours: Colours;
  /** The step under the keyboard or the pointer. */
  readonly cursor: number | null;
}

/** The last step that there is to show. */
export function lastStep({ series, step }: Pick<ChartPicture, "series" | "step">): number {
  return Math.max(1, step.total ?? step.reached, series.steps.at(-1) ?? 0);
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
    paintedByChart(this.chart);
  }

  draw(picture: ChartPicture): void {
    this.picture = picture;
    const { series, looks, colours, range } = picture;
    const tick = { color: colours.muted, font: { family: colours.font, size: 11 }, maxRotation: 0 };
    const grid = { color: colours.grid, tickColor: colours.grid };
    const border = { color: colours.grid };
    const axis = (name: Axis, position: "left" | "right", limits: { max?: number }, lines: object): object => ({
      type: "linear",
      position,
      min: 0,
      ...limits,
      display: looks.some((look) => look.axis === name),
      ticks: { ...tick, maxTicksLimit: 5, callback: (value: number | string) => valueText(name, Number(value)) },
      grid: lines,
      border,
    });
    this.chart.data.datasets = looks.map((look) => this.dataset(look, series, colours));
    this.chart.options.scales = {
      x: {
        type: "linear",
        min: range?.from ?? 0,
        max: range?.to ?? lastStep(picture),
        ticks: { ...tick, precision: 0, maxTicksLimit: 10 },
        grid: { display: false },
        border,
      },
      bytes: axis("bytes", "left", {}, grid),
      count: axis("count", "left", {}, { display: false }),
      share: axis("share", "right", { max: 1 }, { display: false }),
    };
    this.chart.update("none");
  }

  /** The step under a pixel from the canvas's left edge. */
  stepAt(x: number): number {
    const scale = this.scale();
    const value = scale?.getValueForPixel(x) ?? 0;
    return Math.round(Math.max(scale?.min ?? 0, Math.min(scale?.max ?? 0, value)));
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
    { name, axis, dash, colour }: SeriesLook,
    series: SeriesView,
    colours: Colours,
  ): ChartDataset<"line", { x: number; y: number }[]> {
    const values = series[name];
    return {
      data: series.steps.map((x, at) => ({ x, y: values[at] ?? 0 })),
      parsing: false,
      normalized: true,
      borderColor: colours[colour],
      backgroundColor: `color-mix(in srgb, ${colours.used} 16%, transparent)`,
      fill: name === "used" ? "origin" : false,
      borderWidth: name === "used" ? 2 : 1.5,
      borderDash: [...dash],
      pointRadius: 0,
      stepped: "before",
      segment: {},
      yAxisID: axis,
    };
  }

  /** The step shown, the cursor, a triangle at each step with a problem, a dot where a line with a breakpoint first ran. */
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
    const isInside = (at: number): boolean =>
      chartArea.left - 1 <= this.pixelOf(at) && this.pixelOf(at) <= chartArea.right + 1;
    context.save();
    context.fillStyle = colours.error;
    for (const at of step.problemSteps.filter(isInside)) {
      const x = this.pixelOf(at);
      context.beginPath();
      context.moveTo(x - 4, chartArea.bottom);
      context.lineTo(x + 4, chartArea.bottom);
      context.lineTo(x, chartArea.bottom - 7);
      context.fill();
    }
    // Breakpoints are the dots that they are beside the lines.
    for (const at of step.breakpointSteps.filter(isInside)) {
      context.beginPath();
      context.arc(this.pixelOf(at), chartArea.top + 4, 4, 0, 2 * Math.PI);
      context.fill();
    }
    context.restore();
    if (isInside(step.position)) line(step.position, colours.foreground, [], 1.5);
    if (cursor !== null && cursor !== step.position && isInside(cursor)) line(cursor, colours.focus, [4, 3], 1.5);
  }
}
