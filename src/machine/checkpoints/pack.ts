import { applyRuns, WordBuffer } from "./runs";

/**
 * A snapshot packed against another one: every typed array in it is replaced by how it differs from the array at the
 * same place there. Everything else is kept as it is; class instances (the engines) are not looked into.
 */
export interface PackedSnapshot {
  readonly base: PackedSnapshot | null;
  /** What is no typed array in it may be exchanged. */
  tree: unknown;
  readonly runs: Int32Array;
  /** Bytes that the packed snapshot holds beyond its base: of the runs exactly, of objects by their fields. */
  readonly bytes: number;
  /** Bytes of the snapshot itself. */
  readonly fullBytes: number;
}

type TypedArray = Uint8Array | Int8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
type TypedArrayClass = new (buffer: ArrayBuffer, offset: number, length: number) => TypedArray;
type Fields = Record<string, unknown>;

/** Stands where a typed array was: what it was, and where its runs are. */
class PackedArray {
  constructor(
    readonly type: TypedArrayClass,
    readonly length: number,
    readonly start: number,
    readonly end: number,
  ) {}
}

/** What an object, each of its fields and a map's entry cost, about, on a 64-bit host. */
const objectBytes = 24;
const fieldBytes = 8;
const entryBytes = 32;
const packedArrayBytes = 48;

const noWords = new Int32Array(0);
const buffer = new WordBuffer();

/** Packs a snapshot; `base` is one of the same machine, best a similar one, and `unpacked` what it holds if somebody knows. */
export function pack(snapshot: unknown, base: PackedSnapshot | null, unpacked?: unknown): PackedSnapshot {
  buffer.clear();
  const packer = new Packer();
  const tree = packer.pack(snapshot, base?.tree, unpacked ?? (base === null ? undefined : unpack(base)));
  const runs = buffer.copy();
  return { base, tree, runs, bytes: packer.bytes + runs.byteLength, fullBytes: packer.fullBytes };
}

/** The snapshot again; its typed arrays belong to the caller. */
export function unpack(packed: PackedSnapshot): unknown {
  const { base, tree, runs } = packed;
  return unpackValue(tree, base?.tree, base === null ? undefined : unpack(base), runs);
}

class Packer {
  bytes = 0;
  fullBytes = 0;

  pack(value: unknown, baseTree: unknown, base: unknown): unknown {
    this.bytes += fieldBytes;
    if (typeof value !== "object" || value === null) return value;
    if (isTypedArray(value)) return this.packArray(value, base);
    // Pages of one version hold the same.
    if ("version" in value && isPlain(base) && base["version"] === value.version) return baseTree;
    if (Array.isArray(value)) {
      this.bytes += objectBytes;
      const trees = Array.isArray(baseTree) ? baseTree : [];
      const bases = Array.isArray(base) ? base : [];
      return mapped(value, (item, index) => this.pack(item, trees[index], bases[index]));
    }
    if (value instanceof Map) {
      const trees = baseTree instanceof Map ? baseTree : noEntries;
      const bases = base instanceof Map ? base : noEntries;
      this.bytes += objectBytes + entryBytes * value.size;
      return mappedMap(value, (item, key) => this.pack(item, trees.get(key), bases.get(key)));
    }
    if (value instanceof Set) {
      this.bytes += objectBytes + entryBytes * value.size;
      return value;
    }
    if (!isPlain(value)) return value;
    this.bytes += objectBytes;
    const trees = isPlain(baseTree) ? baseTree : {};
    const bases = isPlain(base) ? base : {};
    return mappedFields(value, (field, key) => this.pack(field, trees[key], bases[key]));
  }

  private packArray(array: TypedArray, base: unknown): PackedArray {
    this.bytes += packedArrayBytes;
    this.fullBytes += array.byteLength;
    const start = buffer.length;
    const isSimilar = isTypedArray(base) && base.constructor === array.constructor;
    buffer.pushRuns(wordsOf(array), isSimilar ? wordsOf(base) : noWords);
    return new PackedArray(array.constructor as TypedArrayClass, array.length, start, buffer.length);
  }
}

const noEntries: ReadonlyMap<unknown, unknown> = new Map();

function unpackValue(tree: unknown, baseTree: unknown, base: unknown, runs: Int32Array): unknown {
  if (typeof tree !== "object" || tree === null) return tree;
  if (tree === baseTree) return base;
  if (tree instanceof PackedArray) return unpackArray(tree, base, runs);
  if (Array.isArray(tree)) {
    const trees = Array.isArray(baseTree) ? baseTree : [];
    const bases = Array.isArray(base) ? base : [];
    return mapped(tree, (item, index) => unpackValue(item, trees[index], bases[index], runs));
  }
  if (tree instanceof Map) {
    const trees = baseTree instanceof Map ? baseTree : noEntries;
    const bases = base instanceof Map ? base : noEntries;
    return mappedMap(tree, (item, key) => unpackValue(item, trees.get(key), bases.get(key), runs));
  }
  if (!isPlain(tree)) return tree;
  const trees = isPlain(baseTree) ? baseTree : {};
  const bases = isPlain(base) ? base : {};
  return mappedFields(tree, (field, key) => unpackValue(field, trees[key], bases[key], runs));
}

/** The mapped items; the same array when all are the same, as everywhere where nothing in it was packed. */
function mapped(items: readonly unknown[], change: (item: unknown, index: number) => unknown): readonly unknown[] {
  let result: unknown[] | null = null;
  for (let index = 0; index < items.length; index++) {
    const item = change(items[index], index);
    if (item !== items[index]) (result ??= items.slice())[index] = item;
  }
  return result ?? items;
}

function mappedMap(
  map: ReadonlyMap<unknown, unknown>,
  change: (item: unknown, key: unknown) => unknown,
): ReadonlyMap<unknown, unknown> {
  let isSame = true;
  const result = new Map<unknown, unknown>();
  for (const [key, item] of map) {
    const other = change(item, key);
    if (other !== item) isSame = false;
    result.set(key, other);
  }
  return isSame ? map : result;
}

function mappedFields(fields: Fields, change: (field: unknown, key: string) => unknown): Fields {
  let result: Fields | null = null;
  for (const key of Object.keys(fields)) {
    const field = change(fields[key], key);
    if (field !== fields[key]) (result ??= { ...fields })[key] = field;
  }
  return result ?? fields;
}

/** Changes the base's array in place where it can: nobody else has it. */
function unpackArray({ type, length, start, end }: PackedArray, base: unknown, runs: Int32Array): TypedArray {
  const similar = isTypedArray(base) && base.constructor === type ? base : undefined;
  let array = similar;
  if (array?.length !== length) {
    array = new type(new ArrayBuffer(4 * Math.ceil((length * bytesPerElement(type)) / 4)), 0, length);
    if (similar !== undefined) array.set(similar.length > length ? similar.subarray(0, length) : similar);
  }
  applyRuns(wordsOf(array, true), runs, start, end);
  return array;
}

function bytesPerElement(type: TypedArrayClass): number {
  return (type as unknown as { readonly BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
}

/** The array's bytes as words, the last one filled up with zeros. */
function wordsOf(array: TypedArray, isOwn = false): Int32Array {
  const { byteOffset, byteLength } = array;
  if (isOwn) return new Int32Array(array.buffer);
  if (byteOffset % 4 === 0 && byteLength % 4 === 0) return new Int32Array(array.buffer, byteOffset, byteLength / 4);
  const padded = new Uint8Array(4 * Math.ceil(byteLength / 4));
  padded.set(new Uint8Array(array.buffer, byteOffset, byteLength));
  return new Int32Array(padded.buffer);
}

function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value);
}

function isPlain(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
