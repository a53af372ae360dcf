/** Columns that grow by doubling: writing one costs O(1) on average and allocates nothing in between. */

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** The column, or a copy of twice its length when the index lies beyond it. */
export function roomFor<Column extends Numbers>(column: Column, index: number): Column {
  if (index < column.length) return column;
  const longer = new (column.constructor as new (length: number) => Column)(Math.max(index + 1, column.length * 2));
  longer.set(column);
  return longer;
}

/** The first index in `[0, length)` whose value is at least `least`; the column is in ascending order. */
export function firstAtLeast(column: Int32Array, length: number, least: number): number {
  let from = 0;
  let to = length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (column[middle] < least) from = middle + 1;
    else to = middle;
  }
  return from;
}
