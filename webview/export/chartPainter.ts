import type { Chart } from "chart.js";
import { paintedBy } from "./painters";

type LineChart = Chart<"line", { x: number; y: number }[]>;

/**
 * Lets a chart be drawn again on another canvas. chart.js keeps the context in the chart, its scales and its controllers;
 * it draws lines by a `Path2D`, which only pixels can be made of, unless they have `segment` options.
 */
export function paintedByChart(chart: LineChart | Chart<"bar", number[]>): void {
  paintedBy(chart.canvas, (sheet) => {
    Object.assign(sheet, { width: chart.width, height: chart.height });
    const { ctx } = chart;
    drawBySegments(chart, {});
    give(chart, sheet.getContext("2d")!);
    try {
      chart.draw();
    } finally {
      give(chart, ctx);
      drawBySegments(chart, undefined);
    }
  });
}

function drawBySegments(chart: LineChart | Chart<"bar", number[]>, segment: object | undefined): void {
  for (const dataset of chart.data.datasets) Object.assign(dataset, { segment });
  chart.update("none");
}

function give(chart: Chart, context: CanvasRenderingContext2D): void {
  for (const holder of [chart, ...Object.values(chart.scales)]) Object.assign(holder, { ctx: context });
  for (const { controller } of chart.getSortedVisibleDatasetMetas()) Object.assign(controller, { _ctx: context });
}
