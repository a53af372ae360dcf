import type { Work } from "../../language/coroutines";

/**
 * How one array of 32-bit words differs from another of the same length, in bytes. An entry for each stretch of words:
 * how many words before it are alike; eight times its length, plus its kind; and what the kind asks for. That is for 1 to
 * 4 the difference of each word in so many bytes, lowest first, else one number: the difference or the word that all of
 * them have. Numbers are in base 128, differences and words zigzag, so that small ones of either sign are short (as in
 * Protocol Buffers).
 */

const sameDifference = 5;
const sameWord = 6;
const kindBits = 3;
const kindMask = (1 << kindBits) - 1;

/** Words from which on a stretch with one difference, or of one word, is an entry of its own. */
const leastRun = 3;
/** Words that are alike on which a stretch of one word goes on. */
const mostAlike = 8;
/** Bytes of the three numbers of an entry. */
const mostNumbers = 3 * 5;

/** Words looked at between two yields, unless it is said: less than a millisecond. */
const usualTurn = 1 << 17;

/** Bytes that are used again and again by whoever takes them; they grow when they are needed. */
let scratch: Uint8Array<ArrayBuffer> | null = null;

/** The differences between both, which are equally long; with yields, in which neither may change. */
export function* differencesOf(words: Int32Array, base: Int32Array, wordsPerTurn = usualTurn): Work<Uint8Array> {
  const writer = new DifferenceWriter(words, base);
  for (let end = wordsPerTurn; end < words.length; end += wordsPerTurn) {
    writer.writeUpTo(end);
    yield;
  }
  return writer.finish();
}

class DifferenceWriter {
  private out = scratch ?? new Uint8Array(1 << 16);
  private at = 0;
  /** All words before this one are written. */
  private done = 0;
  /** Where the next difference is looked for. */
  private next = 0;

  constructor(
    private readonly words: Int32Array,
    private readonly base: Int32Array,
  ) {
    scratch = null;
  }

  /** Writes the differences that begin before a word. */
  writeUpTo(end: number): void {
    const { words, base } = this;
    let { out, at, done, next: index } = this;
    while (index < end) {
      index = firstDifferent(words, base, index, end);
      if (index === end) break;
      const word = words[index];
      const more = (word - base[index]) | 0;
      const ofWord = runOfWord(words, base, index);
      const ofDifference = runOfDifference(words, base, index);
      const run = Math.max(ofWord, ofDifference);
      const isRun = run >= leastRun;
      const width = widthOf(more);
      const length = isRun ? run : plainLength(words, base, index, width);
      const kind = !isRun ? width : ofWord === run ? sameWord : sameDifference;
      while (at + mostNumbers + (isRun ? 0 : width * length) > out.length) out = enlarged(out);
      at = writeNumber(out, at, index - done);
      at = writeNumber(out, at, (length << kindBits) | kind);
      done = index + length;
      if (isRun) {
        at = writeNumber(out, at, zigzag(kind === sameWord ? word : more));
        index = done;
      } else {
        for (; index < done; index++) {
          let rest = zigzag((words[index] - base[index]) | 0);
          for (let byte = 0; byte < width; byte++, rest >>>= 8) out[at++] = rest;
        }
      }
    }
    this.out = out;
    this.at = at;
    this.done = done;
    this.next = index;
  }

  /** Writes the rest and returns all. */
  finish(): Uint8Array {
    this.writeUpTo(this.words.length);
    scratch = this.out;
    return this.out.slice(0, this.at);
  }
}

/** Turns the base into the array that differs from it in this way; with yields. */
export function* applyDifferences(words: Int32Array, differences: Uint8Array, wordsPerTurn = usualTurn): Work<void> {
  const numbers = new NumberReader(differences);
  for (let index = 0; numbers.at < differences.length; yield) {
    index = applyUpTo(index + wordsPerTurn, words, differences, numbers, index);
  }
}

/** Goes on from a word with the differences that begin before another one, and returns where they end. */
function applyUpTo(
  end: number,
  words: Int32Array,
  differences: Uint8Array,
  numbers: NumberReader,
  from: number,
): number {
  let index = from;
  while (index < end && numbers.at < differences.length) {
    index += numbers.next();
    const stretch = numbers.next();
    const last = index + (stretch >>> kindBits);
    const kind = stretch & kindMask;
    let { at } = numbers;
    switch (kind) {
      case 1:
        while (index < last) words[index++] += unzigzag(differences[at++]);
        break;
      case 2:
        for (; index < last; at += 2) words[index++] += unzigzag(differences[at] | (differences[at + 1] << 8));
        break;
      case 3:
        for (; index < last; at += 3) {
          const number = differences[at] | (differences[at + 1] << 8) | (differences[at + 2] << 16);
          words[index++] += unzigzag(number);
        }
        break;
      case 4:
        for (; index < last; at += 4) {
          const high = differences[at + 2] | (differences[at + 3] << 8);
          words[index++] += unzigzag(differences[at] | (differences[at + 1] << 8) | (high << 16));
        }
        break;
      case sameDifference:
      case sameWord: {
        const same = unzigzag(numbers.next());
        ({ at } = numbers);
        if (kind === sameWord) while (index < last) words[index++] = same;
        else while (index < last) words[index++] += same;
      }
    }
    numbers.at = at;
  }
  return index;
}

/** Reads numbers of seven bits a byte from the lowest on. */
class NumberReader {
  /** Where the next one begins. */
  at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  next(): number {
    const { bytes } = this;
    let number = 0;
    for (let shift = 0, byte = 0x80; byte > 0x7f; shift += 7) {
      byte = bytes[this.at++];
      number |= (byte & 0x7f) << shift;
    }
    return number;
  }
}

/** The first index from this one on, and before an end, where the words differ; the end when there is none. */
function firstDifferent(words: Int32Array, base: Int32Array, from: number, end: number): number {
  let index = from;
  if (index < end && words[index] !== base[index]) return index;
  // Most words are alike: four comparisons at once.
  for (; index + 4 <= end; index += 4) {
    const low = (words[index] ^ base[index]) | (words[index + 1] ^ base[index + 1]);
    const high = (words[index + 2] ^ base[index + 2]) | (words[index + 3] ^ base[index + 3]);
    if ((low | high) !== 0) break;
  }
  while (index < end && words[index] === base[index]) index++;
  return index;
}

/** Words from the index on, up to the last that differs, that are all the same. */
function runOfWord(words: Int32Array, base: Int32Array, index: number): number {
  const word = words[index];
  let last = index;
  for (let next = index + 1; words[next] === word && next - last <= mostAlike; next++) {
    if (base[next] !== word) last = next;
  }
  return last + 1 - index;
}

/** Words from the index on that all have the same difference. */
function runOfDifference(words: Int32Array, base: Int32Array, index: number): number {
  const more = (words[index] - base[index]) | 0;
  let next = index + 1;
  while (next < words.length && ((words[next] - base[next]) | 0) === more) next++;
  return next - index;
}

/** Words from the index on with differences of so many bytes, before a run. */
function plainLength(words: Int32Array, base: Int32Array, index: number, width: number): number {
  let next = index + 1;
  for (; next < words.length && words[next] !== base[next]; next++) {
    const more = (words[next] - base[next]) | 0;
    if (widthOf(more) !== width) break;
    if (runOfTwo(words, base, next) && runOfTwo(words, base, next + 1)) break;
  }
  return next - index;
}

/** Whether the word and the next are the same, or differ in the same way. */
function runOfTwo(words: Int32Array, base: Int32Array, index: number): boolean {
  return words[index + 1] === words[index] || words[index + 1] - words[index] === base[index + 1] - base[index];
}

/** Bytes of a difference. */
function widthOf(more: number): number {
  const number = zigzag(more);
  return number < 0x100 ? 1 : number < 0x1_0000 ? 2 : number < 0x100_0000 ? 3 : 4;
}

function zigzag(number: number): number {
  return ((number << 1) ^ (number >> 31)) >>> 0;
}

function unzigzag(number: number): number {
  return (number >>> 1) ^ -(number & 1);
}

function enlarged(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(2 * bytes.length);
  longer.set(bytes);
  return longer;
}

/** Writes the number, taken as one without a sign, seven bits a byte from the lowest on; returns where it ends. */
function writeNumber(out: Uint8Array, at: number, number: number): number {
  let rest = number >>> 0;
  for (; rest > 0x7f; rest >>>= 7) out[at++] = rest | 0x80;
  out[at++] = rest;
  return at;
}
