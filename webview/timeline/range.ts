import type { PanelSnapshot } from "../../src/inspector/model";

/** The part of the run that the timeline shows, in steps, both included; null for all of it. */
export type StepRange = { readonly from: number; readonly to: number } | null;

/** The last step that there is to show. */
export function lastStep({ series, step }: Pick<PanelSnapshot, "series" | "step">): number {
  return Math.max(1, step.total ?? step.reached, series.steps.at(-1) ?? 0);
}

/** Steps that can be told apart at the closest. */
const fewest = 4;

/** Zooms by `factor` (above 1: closer) so that `centre` keeps its place; null once everything is in view. */
export function zoomed(range: StepRange, last: number, centre: number, factor: number): StepRange {
  const { from, to } = range ?? { from: 0, to: last };
  const span = Math.max(fewest, (to - from) / factor);
  if (span >= last) return null;
  const share = to === from ? 0.5 : (centre - from) / (to - from);
  return placed(centre - share * span, span, last);
}

/** Moves the range by a share of its width; the whole run stays. */
export function panned(range: StepRange, last: number, share: number): StepRange {
  if (range === null) return null;
  const span = range.to - range.from;
  return placed(range.from + share * span, span, last);
}

/** The range moved as little as needed to hold a step. */
export function holding(range: StepRange, last: number, step: number): StepRange {
  if (range === null || (range.from <= step && step <= range.to)) return range;
  const span = range.to - range.from;
  return placed(step < range.from ? step : step - span, span, last);
}

function placed(from: number, span: number, last: number): StepRange {
  const start = Math.min(Math.max(0, from), Math.max(0, last - span));
  return { from: start, to: start + span };
}
