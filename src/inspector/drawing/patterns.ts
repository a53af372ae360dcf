import { filled, shape, type Ink, type Item, type Pattern } from "./displayList";

/** What tells the kinds of bytes apart where colours do not. */
export interface HeapPatterns {
  readonly dots: Pattern;
  readonly hatch: Pattern;
  readonly cross: Pattern;
  readonly stripes: Pattern;
  readonly zone: Pattern;
}

/** Path data of slanted lines that go on from one tile to the next. */
export function slants(size: number, isRising: boolean): string {
  const [from, to] = isRising ? [size, 0] : [0, size];
  return [-size, 0, size].map((shift) => `M${shift} ${from}L${shift + size} ${to}`).join("");
}

/** Path data of a circle. */
export function circle(x: number, y: number, radius: number): string {
  const half = `a${radius} ${radius} 0 1 1`;
  return `M${x - radius} ${y}${half} ${2 * radius} 0${half} ${-2 * radius} 0Z`;
}

const tiled = (size: number, ...tile: readonly Item[]): Pattern => ({ size, tile });
const lined = (size: number, d: string, ink: Ink, width: number, alpha = 1): Pattern =>
  tiled(size, shape(d, null, { ink, width }, alpha));

const makePatterns = (dotAlpha: number, stripeAlpha: number): HeapPatterns => ({
  dots: tiled(8, filled(3, 3, 1.4, 1.4, "free", dotAlpha)),
  hatch: lined(6, slants(6, true), "used", 1, 0.8),
  cross: lined(8, "M0 0L8 8M8 0L0 8", "leaked", 1, 0.75),
  stripes: tiled(6, filled(0, 2, 6, 1.4, "free", stripeAlpha)),
  zone: lined(6, slants(6, false), "error", 1.6),
});

const usual = makePatterns(0.55, 0.6);
const strong = makePatterns(1, 1);

/** The patterns of heap pictures; those of high contrast are opaque. */
export const heapPatterns = (isHighContrast: boolean): HeapPatterns => (isHighContrast ? strong : usual);
