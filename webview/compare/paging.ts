import { format } from "../../src/inspector/strings";
import type { PagingCurves } from "../../src/machine/curves/pagingCurves";
import type { PanelContext } from "../context";
import { el } from "../ui/dom";
import { count, decimal } from "../ui/numbers";
import { renderTable } from "../ui/table";
import { CurveChart } from "./CurveChart";

/** Page faults by number of frames, and the working set: two charts, Belady's anomaly in words, and the numbers. */
export class PagingPart {
  readonly element: HTMLElement;
  private readonly charts: readonly CurveChart[];

  constructor(context: PanelContext, paging: PagingCurves) {
    const { strings } = context;
    const { references, pages, sizes, curves, anomaly, workingSet } = paging;
    const faults = new CurveChart(context, {
      label: format(strings.pagingFaultsChart, curves.map(({ policy }) => policy).join(", ")),
      xTitle: strings.pagingFrames,
      yTitle: strings.pagingFaults,
      curves: curves.map(({ policy, faults: values }) => ({
        name: policy,
        points: sizes.map((frames, at) => ({ x: frames, y: values[at] })),
      })),
    });
    const window = new CurveChart(context, {
      label: strings.pagingWorkingSetChart,
      xTitle: strings.pagingWindow,
      yTitle: strings.pagingWorkingSet,
      curves: [
        { name: strings.pagingWorkingSet, points: workingSet.map((point) => ({ x: point.window, y: point.pages })) },
      ],
    });
    this.charts = [faults, window];
    const belady =
      anomaly === null
        ? []
        : [el("p", { class: "belady" }, format(strings.pagingAnomaly, count(anomaly[1]), count(anomaly[0])))];
    this.element = el(
      "div",
      { class: "paging" },
      el("h3", {}, strings.paging),
      el("p", { class: "muted" }, format(strings.pagingSummary, count(references), count(pages))),
      el("div", { class: "compare-charts" }, faults.element, window.element),
      ...belady,
      el(
        "details",
        {},
        el("summary", {}, strings.pagingNumbers),
        faultsTable(context, paging),
        windowTable(context, paging),
      ),
    );
  }

  draw(): void {
    for (const chart of this.charts) chart.draw();
  }

  destroy(): void {
    for (const chart of this.charts) chart.destroy();
  }
}

function faultsTable({ strings }: PanelContext, { sizes, curves }: PagingCurves): HTMLElement {
  const heads = [
    { title: strings.pagingFrames, numeric: true },
    ...curves.map(({ policy }) => ({ title: policy, numeric: true })),
  ];
  const rows = sizes.map((frames, at) => ({
    cells: [count(frames), ...curves.map(({ faults }) => count(faults[at]))],
  }));
  return renderTable(heads, rows, strings.pagingFaults, strings);
}

function windowTable({ strings }: PanelContext, { workingSet }: PagingCurves): HTMLElement {
  const heads = [
    { title: strings.pagingWindow, numeric: true },
    { title: strings.pagingWorkingSet, numeric: true },
  ];
  const rows = workingSet.map(({ window, pages }) => ({ cells: [count(window), decimal(pages)] }));
  return renderTable(heads, rows, strings.pagingWorkingSet, strings);
}
