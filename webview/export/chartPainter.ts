import type { Chart } from "chart.js";
import { paintedBy } from "./painters";

/**
 * Lets a chart be drawn again on another canvas. chart.js keeps the context in the chart, its scales and its controllers;
 * lines must have `segment` options, else it draws them by a `Path2D`, which only pixels can be made of.
 */
export function paintedByChart(chart: Chart<"line", { x: number; y: number }[]> | Chart<"bar", number[]>): void {
  paintedBy(chart.canvas, (sheet) => {
    Object.assign(sheet, { width: chart.width, height: chart.height });
    const { ctx } = chart;
    give(chart, sheet.getContext("2d")!);
    try {
      chart.draw();
    } finally {
      give(chart, ctx);
    }
  });
}

function give(chart: Chart, context: CanvasRenderingContext2D): void {
  for (const holder of [chart, ...Object.values(chart.scales)]) Object.assign(holder, { ctx: context });
  for (const { controller } of chart.getSortedVisibleDatasetMetas()) Object.assign(controller, { _ctx: context });
}
