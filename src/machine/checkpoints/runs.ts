/**
 * How one array of 32-bit words differs from another, as runs: a header with the words skipped since the run before (low
 * half) and the words that follow (high half), then the exclusive or of both arrays there. Words beyond an array's end
 * count as 0.
 */

const longest = 0xffff;

/** A growing array of words that is used again and again. */
export class WordBuffer {
  private words = new Int32Array(1 << 14);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** A copy of its own of what is in the buffer. */
  copy(): Int32Array {
    return this.words.slice(0, this.length);
  }

  /** Appends the runs in which `words` differs from `base`. */
  pushRuns(words: Int32Array, base: Int32Array): void {
    const end = words.length;
    const common = Math.min(end, base.length);
    // The worst case is a change in every second word: a header for each.
    this.reserve(2 * end + 2);
    const out = this.words;
    let at = this.length;
    let from = 0;
    for (let index = 0; index < end;) {
      if (words[index] === (index < common ? base[index] : 0)) {
        index++;
        if (index - from < longest) continue;
        out[at++] = longest;
        from = index;
        continue;
      }
      const header = at++;
      const start = index;
      while (index < end && index - start < longest) {
        const difference = index < common ? words[index] ^ base[index] : words[index];
        if (difference === 0) break;
        out[at++] = difference;
        index++;
      }
      out[header] = (start - from) | ((index - start) << 16);
      from = index;
    }
    this.length = at;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.words.length) return;
    const words = new Int32Array(2 * (this.length + count));
    words.set(this.words);
    this.words = words;
  }
}

/** Turns the base into the array that the runs between the two places describe; it has room for it. */
export function applyRuns(words: Int32Array, runs: Int32Array, start: number, end: number): void {
  let index = 0;
  for (let at = start; at < end;) {
    const header = runs[at++];
    index += header & longest;
    for (const last = at + (header >>> 16); at < last;) words[index++] ^= runs[at++];
  }
}
