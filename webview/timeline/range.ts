import { clamped, moved, zoomed, type Interval } from "../../src/inspector/drawing/interval";
import type { PanelSnapshot } from "../../src/inspector/model";

/** The part of the run that the timeline shows, in steps, both included; null for all of it. */
export type StepRange = Interval | null;

/** The last step that there is to show. */
export function lastStep({ series, step }: Pick<PanelSnapshot, "series" | "step">): number {
  return Math.max(1, step.total ?? step.reached, series.steps.at(-1) ?? 0);
}

/** Steps that can be told apart at the closest. */
const fewest = 4;

/** Zooms by `factor` (below 1: closer) so that `centre` keeps its place; null once everything is in view. */
export function zoomedSteps(range: StepRange, last: number, centre: number, factor: number): StepRange {
  const whole = { from: 0, to: last };
  const shown = zoomed(range ?? whole, factor, centre, whole, Math.min(fewest, last));
  return shown.to - shown.from >= last ? null : shown;
}

/** Moves the range by a share of its width; the whole run stays. */
export function panned(range: StepRange, last: number, share: number): StepRange {
  return range && within(moved(range, share * (range.to - range.from)), last);
}

/** The range moved as little as needed to hold a step. */
export function holding(range: StepRange, last: number, step: number): StepRange {
  if (range === null || (range.from <= step && step <= range.to)) return range;
  return within(moved(range, step - (step < range.from ? range.from : range.to)), last);
}

const within = (range: Interval, last: number): Interval => clamped(range, { from: 0, to: last }, 0);
