import { applyDifferences, differencesOf } from "./differences";
import { build, imageIn, Layout, rearranged, type Image } from "./layout";

/** A snapshot packed against another one: how its image differs from the image there, and what is no typed array. */
export interface PackedSnapshot {
  readonly base: PackedSnapshot | null;
  /** What is no typed array in it may be exchanged. */
  tree: unknown;
  /** Words of the image. */
  readonly length: number;
  /** Whether all arrays lie where they lie in the base's image. */
  readonly isAlike: boolean;
  readonly differences: Uint8Array;
  /** Bytes that the packed snapshot holds beyond its base: of the differences exactly, of objects by their fields. */
  readonly bytes: number;
}

type KnownImages = (packed: PackedSnapshot) => Image | undefined;

const noWords = new Int32Array(0);
/** Where bases are rearranged to be compared, again and again. */
let scratch: Image = noWords;

/**
 * Packs a snapshot, and returns its image too. `base` is one of the same machine, best a similar one; its image may be
 * known. `room` is an image that nobody needs any more.
 */
export function pack(
  snapshot: unknown,
  base: PackedSnapshot | null,
  baseImage = base === null ? noWords : imageOf(base),
  room: Image = noWords,
): { readonly packed: PackedSnapshot; readonly image: Image } {
  const layout = new Layout(snapshot, base?.tree, room);
  const { tree, length } = layout;
  const image = layout.finish();
  const isAlike = base !== null && layout.isAlike && length === baseImage.length;
  if (!isAlike) scratch = rearranged(tree, length, base?.tree, baseImage, scratch);
  const differences = differencesOf(image, isAlike ? baseImage : scratch);
  const bytes = layout.bytes + differences.byteLength;
  return { packed: { base, tree, length, isAlike, differences, bytes }, image };
}

/** The snapshot again; its typed arrays belong to the caller. */
export function unpack(packed: PackedSnapshot): unknown {
  return build(packed.tree, imageOf(packed));
}

/**
 * The image of a packed snapshot, which belongs to the caller. `known` tells images that need not be unpacked; `room` is
 * an image that nobody needs any more.
 */
export function imageOf(packed: PackedSnapshot, known: KnownImages = () => undefined, room: Image = noWords): Image {
  const { base, tree, length, isAlike, differences } = packed;
  const found = known(packed);
  if (found !== undefined) return copied(found, room);
  const image =
    base !== null && isAlike
      ? imageOf(base, known, room)
      : rearranged(tree, length, base?.tree, lent(base, known), room);
  applyDifferences(image, differences);
  return image;
}

/** An image to read from. */
function lent(packed: PackedSnapshot | null, known: KnownImages): Image {
  return packed === null ? noWords : (known(packed) ?? imageOf(packed, known));
}

function copied(image: Image, room: Image): Image {
  const copy = imageIn(room, image.length);
  copy.set(image);
  return copy;
}
