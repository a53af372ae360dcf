/** Typed arrays that grow by doubling, and compact copies of the part in use. */

/** Every array kept by number starts with room for this many entries. */
export const initialCapacity = 64;

export function grownFloats(array: Float64Array | Int32Array, capacity: number): Float64Array<ArrayBuffer> {
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

/** The same kind of array with more room. */
export function grown(array: Int32Array | Float64Array, capacity: number): Int32Array | Float64Array {
  return array instanceof Int32Array ? grownInts(array, capacity) : grownFloats(array, capacity);
}
