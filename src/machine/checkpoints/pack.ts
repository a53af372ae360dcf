import { runToEnd, type Work } from "../../language/coroutines";
import { applyDifferences, differencesOf } from "./differences";
import { build, copyOf, Layout, rearranged, type Image } from "./layout";

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

export interface Packing {
  readonly packed: PackedSnapshot;
  readonly image: Image;
}

type KnownImages = (packed: PackedSnapshot) => Image | undefined;

const noImages: KnownImages = () => undefined;
const noWords = new Int32Array(0);
/** Images that were needed for a while: a large one made anew each time would have the host's garbage collected. */
const spares: Image[] = [];
const mostSpares = 2;

function takeSpare(): Image {
  return spares.pop() ?? noWords;
}

function giveBack(image: Image): void {
  if (spares.length < mostSpares) spares.push(image);
}

/**
 * Packs a snapshot, and returns its image too. `base` is one of the same machine, best a similar one; `known` tells
 * images that need not be unpacked. `room` is an image that nobody needs any more. With yields, in which the snapshot and
 * the known images may not change.
 */
export function* pack(
  snapshot: unknown,
  base: PackedSnapshot | null,
  known = noImages,
  room: Image = noWords,
): Work<Packing> {
  const layout = new Layout(snapshot, base?.tree);
  yield;
  const lent = yield* lend(base, known);
  const { tree, length } = layout;
  const image = yield* layout.image(room);
  const isAlike = base !== null && layout.isAlike && length === lent.image.length;
  const like = isAlike ? lent.image : yield* rearranged(tree, length, base?.tree, lent.image, takeSpare());
  const differences = yield* differencesOf(image, like);
  if (!isAlike) giveBack(like);
  if (lent.isSpare) giveBack(lent.image);
  const bytes = layout.bytes + differences.byteLength;
  return { packed: { base, tree, length, isAlike, differences, bytes }, image };
}

/** The snapshot again, with yields; its typed arrays belong to the caller. */
export function* unpack(packed: PackedSnapshot): Work<unknown> {
  const image = yield* imageYielding(packed);
  return build(packed.tree, image);
}

/**
 * The image of a packed snapshot, which belongs to the caller. `known` tells images that need not be unpacked; `room` is
 * an image that nobody needs any more.
 */
export function imageOf(packed: PackedSnapshot, known: KnownImages, room?: Image): Image {
  return runToEnd(imageYielding(packed, known, room));
}

/** The same with yields, in which the known images may not change. */
export function* imageYielding(packed: PackedSnapshot, known = noImages, room: Image = noWords): Work<Image> {
  const { base, tree, length, isAlike, differences } = packed;
  const found = known(packed);
  if (found !== undefined) return yield* copyOf(found, room);
  let image: Image;
  if (base !== null && isAlike) image = yield* imageYielding(base, known, room);
  else {
    const lent = yield* lend(base, known);
    image = yield* rearranged(tree, length, base?.tree, lent.image, room);
    if (lent.isSpare) giveBack(lent.image);
  }
  yield* applyDifferences(image, differences);
  return image;
}

/** An image to read from; a spare one is to be given back. */
function* lend(
  packed: PackedSnapshot | null,
  known: KnownImages,
): Work<{ readonly image: Image; readonly isSpare: boolean }> {
  if (packed === null) return { image: noWords, isSpare: false };
  const image = known(packed);
  if (image !== undefined) return { image, isSpare: false };
  return { image: yield* imageYielding(packed, known, takeSpare()), isSpare: true };
}
