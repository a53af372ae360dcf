/**
 * A set of whole numbers from 0 on as a tree of 32-bit words: a bit of the lowest level is a number, a bit of a higher
 * level says that the word below it is not empty. Each operation looks at O(log32) words of the largest number.
 */
export class BitTree {
  /** Lowest level first; the last one has a single word. */
  private levels: Int32Array[] = [new Int32Array(1)];
  /** The lowest level, where most operations end. */
  private lowest = this.levels[0];
  /** Numbers below this have a place. */
  private capacity = 32;

  has(value: number): boolean {
    return (this.levels[0][value >>> 5] & (1 << (value & 31))) !== 0;
  }

  add(value: number): void {
    if (value >= this.capacity) this.enlarge(value);
    const { lowest } = this;
    const word = value >>> 5;
    const old = lowest[word];
    lowest[word] = old | (1 << (value & 31));
    if (old === 0) this.addAbove(word);
  }

  delete(value: number): void {
    const { lowest } = this;
    const word = value >>> 5;
    const left = lowest[word] & ~(1 << (value & 31));
    lowest[word] = left;
    if (left === 0) this.deleteAbove(word);
  }

  /** The largest number, or -1. */
  max(): number {
    let word = 0;
    for (let level = this.levels.length - 1; level >= 0; level--) {
      const bits = this.levels[level][word];
      if (bits === 0) return -1;
      word = word * 32 + 31 - Math.clz32(bits);
    }
    return word;
  }

  /** The smallest number, or -1. */
  min(): number {
    return this.levels[this.levels.length - 1][0] === 0 ? -1 : this.lowestBelow(this.levels.length, 0);
  }

  /** The smallest number that is `from` or more, or -1. */
  next(from: number): number {
    const { levels } = this;
    let bit = from;
    for (let level = 0; level < levels.length; level++) {
      const words = levels[level];
      const word = bit >>> 5;
      if (word >= words.length) return -1;
      const bits = words[word] & (-1 << (bit & 31));
      if (bits !== 0) return this.lowestBelow(level, word * 32 + lowestBit(bits));
      bit = word + 1;
    }
    return -1;
  }

  /** The smallest number that is `from` or more, else the smallest of all, or -1. */
  nextAround(from: number): number {
    const ahead = this.next(from);
    return ahead === -1 ? this.min() : ahead;
  }

  clear(): void {
    for (const words of this.levels) words.fill(0);
  }

  /** The word of the lowest level was empty and is not any more. */
  private addAbove(lowestWord: number): void {
    const { levels } = this;
    let bit = lowestWord;
    for (let level = 1; level < levels.length; level++) {
      const words = levels[level];
      const old = words[bit >>> 5];
      words[bit >>> 5] = old | (1 << (bit & 31));
      if (old !== 0) return;
      bit >>>= 5;
    }
  }

  /** The word of the lowest level has become empty. */
  private deleteAbove(lowestWord: number): void {
    const { levels } = this;
    let bit = lowestWord;
    for (let level = 1; level < levels.length; level++) {
      const words = levels[level];
      const left = words[bit >>> 5] & ~(1 << (bit & 31));
      words[bit >>> 5] = left;
      if (left !== 0) return;
      bit >>>= 5;
    }
  }

  /** Makes the tree anew with room for the number. */
  private enlarge(value: number): void {
    const numbers = this.levels[0];
    while (this.capacity <= value) this.capacity *= 2;
    this.levels = [];
    let bits = this.capacity;
    do {
      bits = Math.ceil(bits / 32);
      this.levels.push(new Int32Array(bits));
    } while (bits > 1);
    this.lowest = this.levels[0];
    for (let word = 0; word < numbers.length; word++)
      for (let left = numbers[word]; left !== 0; left &= left - 1) this.add(word * 32 + lowestBit(left));
  }

  private lowestBelow(level: number, bit: number): number {
    let value = bit;
    for (let below = level - 1; below >= 0; below--) value = value * 32 + lowestBit(this.levels[below][value]);
    return value;
  }
}

/** Position of the lowest set bit of a 32-bit integer that is not 0. */
function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
