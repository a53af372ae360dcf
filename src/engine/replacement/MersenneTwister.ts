const words = 624;
const middle = 397;

/**
 * MT19937 (Matsumoto and Nishimura 1998), seeded by an array of 32-bit words and giving 53-bit numbers in [0, 1): the
 * same stream as Python's `random.seed(n, version=1)` and `random.random()`, by which course simulators are seeded.
 */
export class MersenneTwister {
  private readonly state = new Uint32Array(words);
  private position = words;

  /** @param seed a whole number from 0 to 2^53 - 1 */
  constructor(seed: number) {
    const high = Math.floor(seed / 2 ** 32);
    this.mix(high > 0 ? [seed >>> 0, high] : [seed >>> 0]);
  }

  /** The next number, from 0 up to but not including 1. */
  next(): number {
    const high = this.word() >>> 5;
    const low = this.word() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** The next whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  save(): Uint32Array {
    const saved = new Uint32Array(words + 1);
    saved.set(this.state);
    saved[words] = this.position;
    return saved;
  }

  load(saved: Uint32Array): void {
    this.state.set(saved.subarray(0, words));
    this.position = saved[words];
  }

  /** `init_by_array` of the reference implementation. */
  private mix(key: readonly number[]): void {
    const { state } = this;
    state[0] = 19650218;
    for (let i = 1; i < words; i++) state[i] = Math.imul(1812433253, this.folded(i - 1)) + i;
    let at = 1;
    for (let k = 0; k < Math.max(words, key.length); k++) {
      const j = k % key.length;
      state[at] = (state[at] ^ Math.imul(this.folded(at - 1), 1664525)) + key[j] + j;
      at = this.following(at);
    }
    for (let k = 1; k < words; k++) {
      state[at] = (state[at] ^ Math.imul(this.folded(at - 1), 1566083941)) - at;
      at = this.following(at);
    }
    state[0] = 0x80000000;
  }

  private folded(at: number): number {
    return this.state[at] ^ (this.state[at] >>> 30);
  }

  private following(at: number): number {
    if (at + 1 < words) return at + 1;
    this.state[0] = this.state[words - 1];
    return 1;
  }

  private word(): number {
    if (this.position === words) this.refill();
    let bits = this.state[this.position++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return (bits ^ (bits >>> 18)) >>> 0;
  }

  private refill(): void {
    const { state } = this;
    for (let k = 0; k < words; k++) {
      const joined = (state[k] & 0x80000000) | (state[(k + 1) % words] & 0x7fffffff);
      state[k] = state[(k + middle) % words] ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
    }
    this.position = 0;
  }
}
