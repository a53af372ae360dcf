/** How free blocks are sorted into bins by what they can hold: their size without header and footer, in bytes. */
export interface SizeClasses {
  readonly count: number;
  /** The class that a free block of this capacity waits in; classes ascend with the capacity. */
  classOf(capacity: number): number;
  /** The first class of which every block holds `capacity` bytes. */
  sufficientClass(capacity: number): number;
  /** The least capacity of the class. */
  leastOf(index: number): number;
}

/** Position of the highest bit set of a whole number from 1 to 2^53. */
export function highestBit(value: number): number {
  return value <= 0x7fff_ffff ? 31 - Math.clz32(value) : 63 - Math.clz32(value / 0x1_0000_0000);
}

/** The least power of two that is not below a whole number from 1 on. */
export function powerOfTwoFrom(value: number): number {
  return value <= 1 ? 1 : 2 ** (highestBit(value - 1) + 1);
}

/**
 * Classes that are multiples of 8 bytes below `smallLimit`, and from there 2^`stepsLog2` equal steps between each two
 * powers of two. The limit is a power of two of at least 8 * 2^`stepsLog2`.
 */
class SteppedClasses implements SizeClasses {
  readonly count: number;
  private readonly smallCount: number;
  private readonly smallBits: number;

  constructor(
    private readonly smallLimit: number,
    private readonly stepsLog2: number,
  ) {
    this.smallCount = smallLimit / 8;
    this.smallBits = highestBit(smallLimit);
    this.count = this.smallCount + ((53 - this.smallBits) << stepsLog2);
  }

  classOf(capacity: number): number {
    if (capacity < this.smallLimit) return capacity < 0 ? 0 : capacity >>> 3;
    const bit = highestBit(capacity);
    const scaled = bit < 31 ? capacity >>> (bit - this.stepsLog2) : Math.floor(capacity / 2 ** (bit - this.stepsLog2));
    return this.smallCount + ((bit - this.smallBits - 1) << this.stepsLog2) + scaled;
  }

  sufficientClass(capacity: number): number {
    if (capacity < this.smallLimit) return this.classOf(capacity + 7);
    const shift = highestBit(capacity) - this.stepsLog2;
    return this.classOf(capacity + (shift < 31 ? (1 << shift) - 1 : 2 ** shift - 1));
  }

  leastOf(index: number): number {
    if (index < this.smallCount) return index * 8;
    const steps = 1 << this.stepsLog2;
    const above = index - this.smallCount;
    const bit = this.smallBits + Math.floor(above / steps);
    return (steps + (above % steps)) * 2 ** (bit - this.stepsLog2);
  }
}

/**
 * TLSF's two levels (Masmano, Ripoll, Crespo and Real, "TLSF: a new dynamic memory allocator for real-time systems",
 * 2004) with the constants of Matthew Conte's implementation for 64 bits: 32 second-level lists each; the first level
 * is one for everything below 256 bytes, in steps of 8, and then one for each power of two. Index: first level * 32 +
 * second level.
 */
export const tlsfClasses: SizeClasses = new SteppedClasses(256, 5);

/** Segregated fits: a class for each multiple of 8 bytes below 512, then four to each power of two. */
export const segregatedClasses: SizeClasses = new SteppedClasses(512, 2);
