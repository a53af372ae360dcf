import { roundUp } from "../address";
import { slabPageBytes, type SlabOptions } from "./contract";

/** Where things lie in a slab, in bytes from its start. */
export interface SlabGeometry {
  readonly slabBytes: number;
  readonly objectsPerSlab: number;
  /** Distance from one object to the next. */
  readonly stride: number;
  /** Offset of the first object of a slab with colour 0. */
  readonly first: number;
  /** How many colours there are, and the bytes between two of them. */
  readonly colours: number;
  readonly colourStep: number;
  /** Bytes of bookkeeping at the start of each slab. */
  readonly bookkeeping: number;
}

/** `inuse` and `free`, 4 bytes each. */
export const descriptorBytes = 8;
/** One entry of `bufctl`. */
export const bufctlBytes = 4;

type Shape = Pick<SlabOptions, "blockSize" | "align" | "pages" | "colour" | "bookkeeping">;

/**
 * As many objects as fit behind the bookkeeping; what is left over is spent on colouring (Bonwick 1994, section 4.1):
 * successive slabs shift their objects by 0, 1, 2 … steps, as far as the left-over bytes reach, and then by 0 again, so
 * that equal fields of objects in different slabs fall on different cache lines.
 */
export function slabGeometry({ blockSize, align, pages, colour, bookkeeping }: Shape): SlabGeometry {
  const slabBytes = pages * slabPageBytes;
  const stride = roundUp(blockSize, align);
  const isOnSlab = bookkeeping === "on-slab";
  const bookkeepingOf = (count: number): number => (isOnSlab ? descriptorBytes + count * bufctlBytes : 0);
  const firstOf = (count: number): number => roundUp(bookkeepingOf(count), align);
  let count = Math.floor((slabBytes - bookkeepingOf(0)) / (stride + (isOnSlab ? bufctlBytes : 0)));
  while (count > 0 && firstOf(count) + count * stride > slabBytes) count--;
  count = Math.max(0, count);
  const first = firstOf(count);
  const colourStep = roundUp(colour, align);
  const leftOver = Math.max(0, slabBytes - first - count * stride);
  const colours = colourStep === 0 ? 1 : Math.floor(leftOver / colourStep) + 1;
  return { slabBytes, objectsPerSlab: count, stride, first, colours, colourStep, bookkeeping: bookkeepingOf(count) };
}

/** Objects from an eighth of a page on keep the bookkeeping outside, where it spoils no page (Bonwick 1994, 3.2.2). */
export function usualBookkeeping(blockSize: number): SlabOptions["bookkeeping"] {
  return blockSize >= slabPageBytes / 8 ? "off-slab" : "on-slab";
}

/** The options of a cache that says nothing but where and how large its objects are. */
export function plainSlab(
  name: string,
  base: number,
  blockSize: number,
  other: Partial<SlabOptions> = {},
): SlabOptions {
  const align = other.align ?? 8;
  const bookkeeping = other.bookkeeping ?? usualBookkeeping(blockSize);
  const needed =
    roundUp(blockSize, align) + (bookkeeping === "on-slab" ? roundUp(descriptorBytes + bufctlBytes, align) : 0);
  return {
    ...{ name, base, blockSize, align, bookkeeping, colour: 64, bytes: true },
    pages: Math.ceil(needed / slabPageBytes),
    keep: Number.MAX_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    ...other,
  };
}
