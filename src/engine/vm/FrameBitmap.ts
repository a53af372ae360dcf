/**
 * Which frames are in use, as a tree of 32-bit words: a bit of the lowest level is one frame, a bit of a higher level
 * says that the whole word below it is full. The lowest free frame is found by one walk down, O(log32 frames).
 */
export class FrameBitmap {
  /** Lowest level first; the last one has a single word. */
  private readonly levels: Uint32Array[] = [];

  constructor(private readonly frames: number) {
    let bits = frames;
    do {
      bits = Math.ceil(bits / 32);
      this.levels.push(new Uint32Array(Math.max(1, bits)));
    } while (bits > 1);
    this.fillTails();
  }

  has(frame: number): boolean {
    return (this.levels[0][Math.floor(frame / 32)] & (1 << (frame % 32))) !== 0;
  }

  add(frame: number): void {
    let bit = frame;
    for (const words of this.levels) {
      const word = Math.floor(bit / 32);
      words[word] = words[word] | (1 << (bit % 32));
      if (words[word] !== 0xffffffff) return;
      bit = word;
    }
  }

  delete(frame: number): void {
    let bit = frame;
    for (const words of this.levels) {
      const word = Math.floor(bit / 32);
      words[word] = words[word] & ~(1 << (bit % 32));
      bit = word;
    }
  }

  /** The lowest frame not in use, or -1. */
  lowestFree(): number {
    let word = 0;
    for (let level = this.levels.length - 1; level >= 0; level--) {
      const free = ~this.levels[level][word];
      if (free === 0) return -1;
      word = word * 32 + lowestBit(free);
    }
    return word;
  }

  /** The highest frame not in use, or -1. */
  highestFree(): number {
    let word = 0;
    for (let level = this.levels.length - 1; level >= 0; level--) {
      const free = ~this.levels[level][word];
      if (free === 0) return -1;
      word = word * 32 + (31 - Math.clz32(free));
    }
    return word;
  }

  /** Frames in use, ascending. */
  *members(): IterableIterator<number> {
    const [words] = this.levels;
    for (let word = 0; word < words.length; word++) {
      for (let bits = words[word]; bits !== 0; bits &= bits - 1) {
        const frame = word * 32 + lowestBit(bits);
        if (frame < this.frames) yield frame;
      }
    }
  }

  clear(): void {
    for (const words of this.levels) words.fill(0);
    this.fillTails();
  }

  /** Marks the bits beyond the last frame (and beyond the last word of a lower level) as used, so none is found. */
  private fillTails(): void {
    let bits = this.frames;
    for (const words of this.levels) {
      for (let bit = bits; bit < words.length * 32; bit++) {
        const word = Math.floor(bit / 32);
        words[word] = words[word] | (1 << (bit % 32));
      }
      bits = words.length;
    }
    if (this.frames === 0) for (const words of this.levels) words.fill(0xffffffff);
  }
}

/** Position of the lowest set bit of a 32-bit integer that is not 0. */
function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
