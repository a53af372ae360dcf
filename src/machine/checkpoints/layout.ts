import type { Work } from "../../language/coroutines";
import { PageVersion } from "../../engine/bytes/PageVersion";

type TypedArray = Uint8Array | Int8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
type TypedArrayClass = new (buffer: ArrayBufferLike, offset: number, length: number) => TypedArray;
type Fields = Record<string, unknown>;

/** All typed arrays of a snapshot, one after the other, each from a multiple of eight bytes on and filled up with zeros. */
export type Image = Int32Array<ArrayBuffer>;

/**
 * An image of so many words in the room of one that nobody needs any more, if it has about that size, else a new one. What
 * it holds is left over.
 */
export function imageIn(room: Image, length: number): Image {
  const { buffer } = room;
  const serves = 4 * length <= buffer.byteLength && buffer.byteLength <= 6 * length;
  return serves ? new Int32Array(buffer, 0, length) : new Int32Array(length);
}

/** Stands in a tree where a typed array was: what it was, and from which word of the image on it lies. */
class Place {
  constructor(
    readonly type: TypedArrayClass,
    readonly length: number,
    readonly start: number,
  ) {}
}

/** Stands in a tree for each version of pages: those of a snapshot that is made again have a version of their own. */
const anyVersion = new PageVersion();

/** Bytes copied between two yields: a fraction of a millisecond. */
const bytesPerTurn = 1 << 20;
const wordsPerTurn = bytesPerTurn / 4;

/** What an object, each of its fields, a map's entry and a place cost, about, on a 64-bit host. */
const objectBytes = 24;
const fieldBytes = 8;
const entryBytes = 32;
const placeBytes = 40;

/**
 * Takes a snapshot apart into a tree, which has all that is no typed array, and an image. What is the same in the tree of
 * another snapshot, the places in the image too, is shared with it: most snapshots differ in numbers and words alone.
 * Class instances (the engines) are not looked into.
 */
export class Layout {
  readonly tree: unknown;
  /** Bytes of what the tree does not share, by its objects and fields. */
  bytes = 0;
  /** Words of the image. */
  length = 0;
  /** Whether all arrays lie where they lie in the other snapshot's image. */
  isAlike = true;
  /** In the order of the image. */
  private readonly arrays: TypedArray[] = [];

  constructor(snapshot: unknown, like: unknown) {
    this.tree = this.layOut(snapshot, like);
  }

  /** The image, with yields. `room` is one that nobody needs any more. */
  *image(room: Image): Work<Image> {
    const image = imageIn(room, this.length);
    const bytes = new Uint8Array(image.buffer);
    const turns = new Turns();
    let start = 0;
    for (const array of this.arrays) {
      const end = start + wordsFor(array);
      if (end > start) image[end - 1] = image[end - 2] = 0;
      const { buffer, byteOffset, byteLength } = array;
      bytes.set(array instanceof Uint8Array ? array : new Uint8Array(buffer, byteOffset, byteLength), 4 * start);
      start = end;
      if (turns.isOver(byteLength)) yield;
    }
    return image;
  }

  private layOut(value: unknown, like: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (isTypedArray(value)) return this.layOutArray(value, like);
    if (value instanceof PageVersion) return anyVersion;
    if (Array.isArray(value)) {
      const likes = Array.isArray(like) ? like : [];
      const items = value.map((item, index) => this.layOut(item, likes[index]));
      if (items.length === likes.length && items.every((item, index) => Object.is(item, likes[index]))) return likes;
      this.bytes += objectBytes + fieldBytes * items.length;
      return items;
    }
    if (value instanceof Map) return this.layOutMap(value, like instanceof Map ? like : noEntries);
    if (value instanceof Set) {
      if (like instanceof Set && isSameOrder(value, like)) return like;
      this.bytes += objectBytes + entryBytes * value.size;
      return value;
    }
    if (!isPlain(value)) return value;
    return this.layOutFields(value, typeof like === "object" && like !== null && isPlain(like) ? like : noFields);
  }

  private layOutArray(array: TypedArray, like: unknown): Place {
    const start = this.length;
    this.arrays.push(array);
    this.length = start + wordsFor(array);
    const type = array.constructor as TypedArrayClass;
    if (like instanceof Place && like.type === type && like.length === array.length && like.start === start)
      return like;
    this.bytes += placeBytes;
    this.isAlike = false;
    return new Place(type, array.length, start);
  }

  private layOutMap(map: ReadonlyMap<unknown, unknown>, likes: ReadonlyMap<unknown, unknown>): unknown {
    let isSame = isSameOrder(map.keys(), likes.keys());
    const result = new Map<unknown, unknown>();
    for (const [key, item] of map) {
      const like = likes.get(key);
      const other = this.layOut(item, like);
      isSame &&= Object.is(other, like);
      result.set(key, other);
    }
    if (isSame) return likes;
    this.bytes += objectBytes + entryBytes * map.size;
    return result;
  }

  private layOutFields(fields: Fields, likes: Fields): Fields {
    const keys = Object.keys(fields);
    let isSame = likes !== noFields && keys.length === Object.keys(likes).length;
    const result: Fields = {};
    for (const key of keys) {
      const other = (result[key] = this.layOut(fields[key], likes[key]));
      isSame &&= key in likes && Object.is(other, likes[key]);
    }
    if (isSame) return likes;
    this.bytes += objectBytes + fieldBytes * keys.length;
    return result;
  }
}

/** Words of an array in an image. */
function wordsFor({ byteLength }: TypedArray): number {
  return 2 * Math.ceil(byteLength / 8);
}

/** Says when it is time for a pause in copying. */
class Turns {
  private bytes = 0;

  /** Whether enough was copied since the last pause, these bytes too. */
  isOver(byteLength: number): boolean {
    this.bytes += byteLength;
    if (this.bytes < bytesPerTurn) return false;
    this.bytes = 0;
    return true;
  }
}

/** A copy of an image, with yields. `room` is one that nobody needs any more. */
export function* copyOf(image: Image, room: Image): Work<Image> {
  const copy = imageIn(room, image.length);
  for (let start = 0; start < image.length; start += wordsPerTurn) {
    copy.set(image.subarray(start, start + wordsPerTurn), start);
    yield;
  }
  return copy;
}

/** The snapshot of a tree and its image, which belongs to the snapshot from now on. */
export function build(tree: unknown, image: Image): unknown {
  const version = new PageVersion();
  const built = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Place) return new value.type(image.buffer, 4 * value.start, value.length);
    if (value === anyVersion) return version;
    if (Array.isArray(value)) {
      const items = value.map(built);
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, built(item)]));
    if (!isPlain(value)) return value;
    const fields: Fields = {};
    for (const key of Object.keys(value)) fields[key] = built(value[key]);
    return fields;
  };
  return built(tree);
}

/**
 * The words of another snapshot's image, each array at the place that it has in this tree; 0 where there was none. With
 * pauses. `room` is an image that nobody needs any more.
 */
export function* rearranged(tree: unknown, length: number, otherTree: unknown, other: Image, room: Image): Work<Image> {
  const image = imageIn(room, length);
  for (let start = 0; start < length; start += wordsPerTurn) {
    image.fill(0, start, start + wordsPerTurn);
    yield;
  }
  const to = new Uint8Array(image.buffer);
  const from = new Uint8Array(other.buffer);
  const turns = new Turns();
  for (const [place, there] of placesOfBoth(tree, otherTree)) {
    const bytes = Math.min(place.length, there.length) * bytesPerElement(place.type);
    to.set(from.subarray(4 * there.start, 4 * there.start + bytes), 4 * place.start);
    if (turns.isOver(bytes)) yield;
  }
  return image;
}

/** Where arrays lie that stand at the same place of both trees. */
function placesOfBoth(tree: unknown, otherTree: unknown): readonly (readonly [Place, Place])[] {
  const found: (readonly [Place, Place])[] = [];
  const visit = (value: unknown, there: unknown): void => {
    if (typeof value !== "object" || value === null || typeof there !== "object" || there === null) return;
    if (value instanceof Place) {
      if (there instanceof Place && there.type === value.type) found.push([value, there]);
    } else if (Array.isArray(value)) {
      if (Array.isArray(there)) for (let index = 0; index < value.length; index++) visit(value[index], there[index]);
    } else if (value instanceof Map) {
      if (there instanceof Map) for (const [key, item] of value) visit(item, there.get(key));
    } else if (isPlain(value) && isPlain(there)) {
      for (const key of Object.keys(value)) visit(value[key], there[key]);
    }
  };
  visit(tree, otherTree);
  return found;
}

const noEntries: ReadonlyMap<unknown, unknown> = new Map();
const noFields: Fields = {};

function bytesPerElement(type: TypedArrayClass): number {
  return (type as unknown as { readonly BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
}

function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value);
}

function isPlain(value: object): value is Fields {
  return Object.getPrototypeOf(value) === Object.prototype;
}

function isSameOrder(left: Iterable<unknown>, right: Iterable<unknown>): boolean {
  const others = right[Symbol.iterator]();
  for (const item of left) {
    const other = others.next();
    if (other.done === true || !Object.is(other.value, item)) return false;
  }
  return others.next().done === true;
}
