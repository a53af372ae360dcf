/** The array, or a longer copy of it that has the index; what is new holds `filling`. Lengths at least double. */
export function withIndex<T extends Int32Array | Float64Array | Uint8Array>(
  array: T,
  index: number,
  filling: number,
): T {
  if (index < array.length) return array;
  const length = Math.max(16, array.length * 2, index + 1);
  const Typed = array.constructor as new (length: number) => T;
  const longer = new Typed(length);
  longer.fill(filling);
  longer.set(array);
  return longer;
}
