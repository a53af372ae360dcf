import { BarController, BarElement, CategoryScale, Chart, LinearScale, type ChartDataset, type Plugin } from "chart.js";
import type { ColumnUnit } from "../../src/machine/compare/comparisonTable";
import { stillChart } from "../charts/still";
import type { Colours } from "../theme";
import { count, percent, size } from "../ui/numbers";
import { fillOf } from "./fills";

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

export interface BarPicture {
  readonly unit: ColumnUnit;
  /** Names under the groups of bars. */
  readonly names: readonly string[];
  /** One for each bar of a group, a value for each name. */
  readonly series: readonly (readonly number[])[];
  /** Where the line of the bound goes. */
  readonly ideal: number | null;
  readonly colours: Colours;
}

/** Bars in groups with a dashed line at the ideal. Colours are handed in at each drawing, nothing is animated. */
export class BarChart {
  private readonly chart: Chart<"bar", number[]>;
  private picture: BarPicture | null = null;

  constructor(canvas: HTMLCanvasElement) {
    const bound: Plugin<"bar"> = { id: "bound", afterDatasetsDraw: () => this.drawIdeal() };
    this.chart = new Chart(canvas, {
      type: "bar",
      data: { labels: [], datasets: [] },
      options: {
        ...stillChart,
        layout: { padding: { top: 6, right: 4 } },
      },
      plugins: [bound],
    });
  }

  draw(picture: BarPicture): void {
    this.picture = picture;
    const { unit, names, series, ideal, colours } = picture;
    const tick = { color: colours.muted, font: { family: colours.font, size: 11 } };
    const border = { color: colours.grid };
    const most = series.flat().reduce((left, right) => Math.max(left, right), ideal ?? 0);
    const step = unit === "share" ? 0.25 : unit === "bytes" ? byteStep(most) : countStep(most);
    const text = (value: string | number): string => numberText(Number(value), unit);
    this.chart.data.labels = [...names];
    this.chart.data.datasets = series.map((values, at) => this.dataset(values, at, colours));
    this.chart.options.scales = {
      x: { type: "category", ticks: { ...tick, autoSkip: false, maxRotation: 60 }, grid: { display: false }, border },
      y: {
        type: "linear",
        min: 0,
        max: Math.max(step, Math.ceil(most / step) * step),
        ticks: { ...tick, stepSize: step, callback: text },
        grid: { color: colours.grid, tickColor: colours.grid },
        border,
      },
    };
    this.chart.update("none");
  }

  destroy(): void {
    this.chart.destroy();
  }

  private dataset(values: readonly number[], at: number, colours: Colours): ChartDataset<"bar", number[]> {
    const { colour, fill } = fillOf(at, colours);
    return {
      data: [...values],
      backgroundColor: fill,
      borderColor: colour,
      borderWidth: 1,
      borderRadius: 1,
      categoryPercentage: 0.72,
      barPercentage: 0.92,
      maxBarThickness: 26,
      minBarLength: 1,
    };
  }

  private drawIdeal(): void {
    const { picture, chart } = this;
    if (picture === null || picture.ideal === null) return;
    const { ctx: context, chartArea } = chart;
    const { colours, ideal } = picture;
    const y = chart.scales["y"].getPixelForValue(ideal);
    context.save();
    context.strokeStyle = colours.foreground;
    context.lineWidth = 1.5;
    context.setLineDash([6, 4]);
    context.beginPath();
    context.moveTo(chartArea.left, y);
    context.lineTo(chartArea.right, y);
    context.stroke();
    context.restore();
  }
}

/** A charted number in words. */
function numberText(value: number, unit: ColumnUnit): string {
  return unit === "share" ? percent(value) : unit === "bytes" ? size(value) : count(value);
}

/** 1, 2 or 5 times a power of ten that makes about four steps up to the number. */
function countStep(most: number): number {
  const rough = Math.max(1, most) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  return Math.max(1, power * (rough <= power ? 1 : rough <= 2 * power ? 2 : rough <= 5 * power ? 5 : 10));
}

/** The power of two that makes about four steps up to the number of bytes. */
function byteStep(most: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, most) / 4)));
}
