/** Tells for the n-th arrival (from 1) at a breakpoint whether to stop. */
export type HitCondition = (hits: number) => boolean;

/**
 * Reads `5` or `==5` (the fifth time), `>5`, `>=5`, `<5`, `<=5`, `!=5` and `%2` (every second time).
 * Returns the sentence to show when the text is none of them.
 */
export function parseHitCondition(text: string): HitCondition | { readonly error: string } {
  const match = /^(==?|!=|>=?|<=?|%)?\s*(\d{1,15})$/.exec(text.trim());
  if (match === null) return { error: `'${text}' is not a hit condition: write 5, ==5, >5, >=5, <5, <=5 or %5.` };
  const [, operator = "==", digits] = match;
  const count = Number(digits);
  switch (operator) {
    case ">":
      return (hits) => hits > count;
    case ">=":
      return (hits) => hits >= count;
    case "<":
      return (hits) => hits < count;
    case "<=":
      return (hits) => hits <= count;
    case "!=":
      return (hits) => hits !== count;
    case "%":
      if (count === 0) return { error: "A hit condition %0 would never be met: write %1 or more." };
      return (hits) => hits % count === 0;
    default:
      return (hits) => hits === count;
  }
}

/**
 * Counts arrivals at a breakpoint by position of the run, so that travelling back and forth counts none of them twice.
 */
export class HitCounter {
  /** Ascending positions of the arrivals seen since the breakpoint was set. */
  private readonly positions: number[] = [];

  /** The number of the arrival at `position`, from 1. */
  arrive(position: number): number {
    const index = this.firstNotBelow(position);
    if (this.positions[index] !== position) this.positions.splice(index, 0, position);
    return index + 1;
  }

  private firstNotBelow(position: number): number {
    let low = 0;
    let high = this.positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.positions[middle] ?? position) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
