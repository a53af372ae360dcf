import { PageVersion } from "../../engine/bytes/PageVersion";

/** Whether two class instances may stand for each other. */
export type InstanceTest = (left: object, right: object) => boolean;

/**
 * Whether two snapshots of one machine hold the same. Class instances (the engines) are the same if they are one, or pass
 * the test; versions of pages say nothing. A difference in what no one can see, as spare capacity, counts as one.
 */
export function isSameSnapshot(left: unknown, right: unknown, test: InstanceTest = () => false): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  if (ArrayBuffer.isView(left)) return isSameArray(left as Numbers, right as Numbers);
  if (Array.isArray(left)) {
    const others = right as readonly unknown[];
    return left.length === others.length && left.every((item, index) => isSameSnapshot(item, others[index], test));
  }
  if (left instanceof Map) return isSameMap(left, right as ReadonlyMap<unknown, unknown>, test);
  if (left instanceof Set) return isSameOrder([...(left as Set<unknown>)], [...(right as Set<unknown>)]);
  if (left instanceof PageVersion) return true;
  if (Object.getPrototypeOf(left) !== Object.prototype) return test(left, right);
  return isSameFields(left as Fields, right as Fields, test);
}

type Numbers = Uint8Array | Int32Array | Float64Array;
type Fields = Readonly<Record<string, unknown>>;

function isSameArray(left: Numbers, right: Numbers): boolean {
  if (left.length !== right.length) return false;
  const isWhole = isOfWholeWords(left) && isOfWholeWords(right);
  const items = isWhole ? wordsOf(left) : left;
  const others = isWhole ? wordsOf(right) : right;
  for (let index = 0; index < items.length; index++) if (items[index] !== others[index]) return false;
  return true;
}

function isOfWholeWords({ byteOffset, byteLength }: Numbers): boolean {
  return byteOffset % 4 === 0 && byteLength % 4 === 0;
}

function wordsOf({ buffer, byteOffset, byteLength }: Numbers): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength / 4);
}

/** The order of the entries is part of what a map holds. */
function isSameMap(
  left: ReadonlyMap<unknown, unknown>,
  right: ReadonlyMap<unknown, unknown>,
  test: InstanceTest,
): boolean {
  if (left.size !== right.size || !isSameOrder([...left.keys()], [...right.keys()])) return false;
  for (const [key, item] of left) if (!isSameSnapshot(item, right.get(key), test)) return false;
  return true;
}

function isSameOrder(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => Object.is(item, right[index]));
}

function isSameFields(left: Fields, right: Fields, test: InstanceTest): boolean {
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => isSameSnapshot(left[key], right[key], test));
}
