/** A measured number over the rounds: median and range. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The number that the fraction `q` (0 to 1) of all does not exceed; of an even count, the upper median. */
export function quantile(numbers: readonly number[], q: number): number {
  const sorted = [...numbers].sort((x, y) => x - y);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

export function spread(numbers: readonly number[]): Spread {
  return { median: median(numbers), least: Math.min(...numbers), most: Math.max(...numbers) };
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

export function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}

export function geometricMean(numbers: readonly number[]): number {
  return Math.exp(mean(numbers.map(Math.log)));
}
