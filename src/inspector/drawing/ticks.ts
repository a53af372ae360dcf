/**
 * Values for an axis in `from <= value < to`: multiples of a power of two, or of 1, 2 or 5 times a power of ten, at least
 * `gap` apart.
 */
export function ticks(from: number, to: number, gap: number, base: "ten" | "two"): number[] {
  let unit = 1;
  if (base === "two") while (unit < gap) unit *= 2;
  else {
    for (let power = 1; unit < gap; power *= 10) {
      unit = [power, 2 * power, 5 * power].find((value) => value >= gap) ?? 10 * power;
    }
  }
  const values: number[] = [];
  for (let value = Math.ceil(from / unit) * unit; value < to; value += unit) values.push(value);
  return values;
}
