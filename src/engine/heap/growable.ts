/** Typed arrays that grow by doubling, and compact copies of the part in use. */

/** Every array kept by number starts with room for this many entries. */
export const initialCapacity = 64;

export function grownFloats(array: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(capacity);
  result.set(array);
  return result;
}

export function grownInts(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const result = new Int32Array(capacity);
  result.set(array);
  return result;
}

export function grownBytes(array: Uint8Array, capacity: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(capacity);
  result.set(array);
  return result;
}
