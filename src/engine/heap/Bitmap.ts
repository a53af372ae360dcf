const wordBits = 32;
const mostWords = 64;

/**
 * A set of numbers below 2,048 as bits, with a bit for each word of 32 that is not zero, so that finding the next one
 * takes a few word operations (the two levels of TLSF's bitmaps; Knuth, TAOCP vol. 4A, 7.1.3).
 */
export class Bitmap {
  private words = new Int32Array(mostWords);
  /** Bit k: word k is not zero; the high half for the words from 32 on. */
  private low = 0;
  private high = 0;

  /** The bits of word `index`, the lowest number in bit 0. */
  word(index: number): number {
    return this.words[index] >>> 0;
  }

  clear(): void {
    this.words.fill(0);
    this.low = this.high = 0;
  }

  add(bit: number): void {
    const word = bit >>> 5;
    this.words[word] |= 1 << (bit & 31);
    if (word < wordBits) this.low |= 1 << word;
    else this.high |= 1 << (word & 31);
  }

  remove(bit: number): void {
    const word = bit >>> 5;
    const bits = this.words[word] & ~(1 << (bit & 31));
    this.words[word] = bits;
    if (bits !== 0) return;
    if (word < wordBits) this.low &= ~(1 << word);
    else this.high &= ~(1 << (word & 31));
  }

  /** The first number of the set from `bit` on, or -1. */
  firstFrom(bit: number): number {
    if (bit >= mostWords * wordBits) return -1;
    let word = bit >>> 5;
    let bits = this.words[word] & (-1 << (bit & 31));
    if (bits === 0) {
      word++;
      const low = word < wordBits ? this.low & (-1 << word) : 0;
      if (low !== 0) word = lowestBit(low);
      else {
        const high = word <= wordBits ? this.high : word < mostWords ? this.high & (-1 << (word & 31)) : 0;
        if (high === 0) return -1;
        word = wordBits + lowestBit(high);
      }
      bits = this.words[word];
    }
    return (word << 5) + lowestBit(bits);
  }

  /** The last number of the set, or -1. */
  last(): number {
    const word = this.high !== 0 ? 63 - Math.clz32(this.high) : 31 - Math.clz32(this.low);
    return word < 0 ? -1 : (word << 5) + 31 - Math.clz32(this.words[word]);
  }

  save(): Int32Array {
    return this.words.slice();
  }

  load(words: Int32Array): void {
    this.low = this.high = 0;
    for (let word = 0; word < mostWords; word++) {
      this.words[word] = words[word];
      if (words[word] === 0) continue;
      if (word < wordBits) this.low |= 1 << word;
      else this.high |= 1 << (word & 31);
    }
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
