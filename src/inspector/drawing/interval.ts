/** What is in view of a line of addresses or steps: half-open. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The interval, at least `least` wide and moved as little as needed to be within `outer`, which it fills at most. */
export function clamped({ from, to }: Interval, outer: Interval, least: number): Interval {
  const width = Math.min(outer.to - outer.from, Math.max(least, to - from));
  const start = Math.max(outer.from, Math.min(outer.to - width, from));
  return { from: start, to: start + width };
}

/** An interval `factor` times as wide, in which the anchor keeps its place. */
export function zoomed(
  { from, to }: Interval,
  factor: number,
  anchor: number,
  outer: Interval,
  least: number,
): Interval {
  const width = Math.max(least, (to - from) * factor);
  const start = anchor - ((anchor - from) / (to - from)) * width;
  return clamped({ from: start, to: start + width }, outer, least);
}

/** On whole numbers, as wide as before. */
export function rounded({ from, to }: Interval): Interval {
  const start = Math.round(from);
  return { from: start, to: start + Math.round(to - from) };
}

export function moved({ from, to }: Interval, distance: number): Interval {
  return { from: from + distance, to: to + distance };
}
