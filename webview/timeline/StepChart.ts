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
import { stillChart } from "../charts/still";
import { showOn } from "../drawing/canvas";
import type { Colours } from "../theme";
import { Inputs } from "../ui/Inputs";
import { markItems } from "./stepMarks";
import { valueText, type Axis, type SeriesLook } from "./series";
import { lastStep, type StepRange } from "./range";

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler);

export interface ChartPicture {
  readonly step: StepView;
  /** The step under the keyboard or the pointer. */
  readonly cursor: number | null;
  readonly colours: Colours;
  readonly series: SeriesView;
  /** The lines to draw. */
  readonly looks: readonly SeriesLook[];
  readonly range: StepRange;
}

/**
 * The chart.js chart of the timeline, with marks on a canvas of their own: what moves at each step lies above lines that are
 * drawn again only when they have changed. Colours are handed in at each drawing, nothing is animated.
 */
export class StepChart {
  private readonly chart: Chart<"line", { x: number; y: number }[]>;
  private picture: ChartPicture | null = null;
  private readonly inputs = new Inputs();

  /** `onDrawn` is told after each drawing of the lines, those for a new size included. */
  constructor(
    canvas: HTMLCanvasElement,
    private readonly marks: HTMLCanvasElement,
    onDrawn: () => void,
  ) {
    const drawn: Plugin<"line"> = {
      id: "drawn",
      afterDraw: () => {
        this.drawMarks();
        onDrawn();
      },
    };
    this.chart = new Chart(canvas, {
      type: "line",
      data: { datasets: [] },
      options: {
        ...stillChart,
        layout: { padding: { top: 6, right: 4 } },
      },
      plugins: [drawn],
    });
  }

  draw(picture: ChartPicture): void {
    this.picture = picture;
    const { series, looks, colours, range } = picture;
    if (!this.inputs.haveChanged(series, colours, range, lastStep(picture), ...looks)) {
      this.drawMarks();
      return;
    }
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
      yAxisID: axis,
    };
  }

  private drawMarks(): void {
    const { picture, chart } = this;
    if (picture === null) return;
    const { width, height, chartArea: area } = chart;
    const { step, cursor, colours } = picture;
    const items = markItems(step, cursor, { area, pixelOf: (at) => this.pixelOf(at) });
    showOn(this.marks, { width, height, items }, colours);
  }
}
