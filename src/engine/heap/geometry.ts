import { roundUp } from "../address";
import type { PlacementOptions } from "./placementOptions";
import { powerOfTwoFrom } from "./sizeClasses";

/** Bytes from a block's start to where its header must begin for the payload to be a multiple of `align`. */
export function leadFor(blockAddress: number, header: number, align: number): number {
  const rest = (blockAddress + header) % align;
  return rest === 0 ? 0 : align - rest;
}

/** The sizes and alignments that follow from a heap's options. */
export class HeapGeometry {
  /** Whether every payload is aligned, not only every size (see HeapOptions.align). */
  readonly alignsPayloads: boolean;
  /** Where the first block begins: the base, shifted if payloads could not be aligned otherwise. */
  readonly firstBlock: number;
  /** Smallest remainder that becomes a block of its own. */
  readonly min: number;
  /** All blocks together are a multiple of this; a last part of the heap smaller than it stays unused. */
  private readonly unit: number;
  readonly base: number;
  /** Every payload is a multiple of this power of two away from the base. */
  readonly payloadGranule: number;
  private readonly overhead: number;
  private readonly leastBlock: number;
  /** align - 1 when that is a mask of 32-bit numbers, else -1. */
  private readonly alignMask: number;

  constructor(
    private readonly options: PlacementOptions,
    /** Whether every block is a power of two in size. */
    powersOfTwo = false,
  ) {
    const { base, header, footer, align, min, grow } = options;
    // Blocks of powers of two keep no other alignment than one of a power of two.
    const keepsAlign = !powersOfTwo || powerOfTwoFrom(align) === align;
    this.alignsPayloads = keepsAlign && (header + footer) % align === 0 && base % align === 0;
    const shift = this.alignsPayloads ? leadFor(base, header, align) : 0;
    this.firstBlock = base + shift;
    if (powersOfTwo) {
      this.min = powerOfTwoFrom(Math.max(min, header + footer + 1, this.alignsPayloads ? align : 1));
      this.unit = this.min;
    } else {
      this.min = Math.max(1, min);
      // So that the blocks which a growing heap gains are aligned as well.
      this.unit = this.alignsPayloads && grow > 0 ? align : 1;
    }
    this.base = base;
    const alignPower = (align & -align) >>> 0;
    this.payloadGranule = this.alignsPayloads ? Math.max(1, alignPower) : 1;
    this.overhead = header + footer;
    // Overhead is a multiple of the alignment where payloads are aligned, so that only the minimum needs rounding up.
    const least = Math.max(1, min);
    this.leastBlock = this.alignsPayloads ? roundUp(least, align) : least;
    this.alignMask = alignPower === align && align <= 2 ** 20 ? align - 1 : -1;
  }

  /** Where the last block ends. */
  blocksEnd(heapEnd: number): number {
    if (heapEnd <= this.firstBlock) return this.firstBlock;
    return heapEnd - ((heapEnd - this.firstBlock) % this.unit);
  }

  /** Bytes that a block needs beyond its size so that its payload can be aligned wherever it begins. */
  slackFor(align: number): number {
    return align === 1 || (this.alignsPayloads && this.options.align % align === 0) ? 0 : align;
  }

  /** Size of the block that a request needs, padding for an alignment of its own not counted. */
  blockSize(requested: number): number {
    const { alignMask } = this;
    const rounded =
      alignMask >= 0 && requested <= 0x3fff_ffff
        ? (requested + alignMask) & ~alignMask
        : roundUp(requested, this.options.align);
    const size = rounded + this.overhead;
    return size > this.leastBlock ? size : this.leastBlock;
  }
}

/** A request must be a whole number of bytes, at least 1, that a double holds exactly. */
export function isValidSize(requested: number): boolean {
  return Number.isSafeInteger(requested) && requested > 0;
}

/** Whether the number is a power of two up to 2^52. */
export function isValidAlign(align: number): boolean {
  return (
    align === 1 || (Number.isSafeInteger(align) && align >= 1 && Number.isInteger(Math.log2(align)) && align <= 2 ** 52)
  );
}
