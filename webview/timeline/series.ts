import type { SeriesView } from "../../src/inspector/model";
import type { InspectorStrings } from "../../src/inspector/strings";
import type { Colours } from "../theme";
import { count, percent, size } from "../ui/numbers";

export type SeriesName = Exclude<keyof SeriesView, "steps" | "hasHeap" | "hasPaging">;
export type Axis = "bytes" | "share" | "count";

/** One line of the timeline. Dashes tell the lines apart without colour. */
export interface SeriesLook {
  readonly name: SeriesName;
  readonly axis: Axis;
  readonly label: keyof InspectorStrings;
  readonly colour: keyof Colours & ("used" | "free" | "largest" | "link" | "fragmentation" | "changed" | "error");
  readonly dash: readonly number[];
  /** What must have been in the run for the line to say anything. */
  readonly needs: "hasHeap" | "hasPaging";
}

export const seriesLooks: readonly SeriesLook[] = [
  { name: "used", axis: "bytes", label: "heap.currentUsed", colour: "used", dash: [], needs: "hasHeap" },
  { name: "free", axis: "bytes", label: "heap.freeBytes", colour: "free", dash: [2, 3], needs: "hasHeap" },
  { name: "largest", axis: "bytes", label: "heap.largestFree", colour: "largest", dash: [8, 4], needs: "hasHeap" },
  { name: "peak", axis: "bytes", label: "heap.peakUsed", colour: "changed", dash: [12, 3], needs: "hasHeap" },
  {
    name: "fragmentation",
    axis: "share",
    label: "heap.externalFragmentation",
    colour: "fragmentation",
    dash: [8, 3, 2, 3],
    needs: "hasHeap",
  },
  { name: "faults", axis: "count", label: "statFaults", colour: "error", dash: [5, 2], needs: "hasPaging" },
  { name: "hitRate", axis: "share", label: "statHitRate", colour: "link", dash: [1, 2], needs: "hasPaging" },
];

export const valueText = (axis: Axis, value: number): string =>
  axis === "bytes" ? size(value) : axis === "share" ? percent(value) : count(value);

/** The lines that say something about this run. */
export function looksOf(series: SeriesView): SeriesLook[] {
  return seriesLooks.filter(({ needs }) => series[needs]);
}

/**
 * Which lines are drawn: those switched on by hand, and at first those worth it. In a nearly empty heap the free bytes
 * would press every other line to the ground: they start switched off, as does the peak, which the used bytes show.
 */
export function shownLooks(series: SeriesView, chosen: Readonly<Record<string, boolean>>): SeriesLook[] {
  const most = (values: readonly number[]): number => values.reduce((left, right) => Math.max(left, right), 0);
  const isComparable = most(series.used) * 12 >= most(series.free);
  const atFirst = (name: SeriesName): boolean =>
    name === "peak" ? false : name === "free" || name === "largest" ? isComparable : true;
  return looksOf(series).filter(({ name }) => chosen[name] ?? atFirst(name));
}
