/**
 * How one array of 32-bit words differs from another of the same length, in bytes. For a word its difference: small ones
 * of either sign in one byte and none in more than five (as in Protocol Buffers, zigzag in base 128). Or a 0, and then
 * twice a number of words that are alike, or twice a number of words that differ as the one before them and one more.
 */

/** Bytes that are used again and again; they grow when they are needed. */
let scratch = new Uint8Array(1 << 16);
/** Bytes of a word that differs, and of the stretches before and behind it. */
const mostAtOnce = 5 + 6 + 6;

/** The differences between both, which are equally long. */
export function differencesOf(words: Int32Array, base: Int32Array): Uint8Array {
  const end = words.length;
  let out = scratch;
  let at = 0;
  for (let index = 0; index < end;) {
    const start = index;
    while (index < end && words[index] === base[index]) index++;
    if (index === end) break;
    if (at + mostAtOnce > out.length) out = scratch = enlarged(out);
    if (index > start) at = writeStretch(out, at, 2 * (index - start));
    const more = (words[index] - base[index]) | 0;
    at = writeNumber(out, at, (more << 1) ^ (more >> 31));
    const next = ++index;
    while (index < end && ((words[index] - base[index]) | 0) === more) index++;
    if (index > next) at = writeStretch(out, at, 2 * (index - next) + 1);
  }
  return out.slice(0, at);
}

/** Turns the base into the array that differs from it in this way. */
export function applyDifferences(words: Int32Array, differences: Uint8Array): void {
  const end = differences.length;
  let index = 0;
  let more = 0;
  let isStretch = false;
  for (let at = 0; at < end;) {
    let byte = differences[at++];
    let number = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = differences[at++];
      number |= (byte & 0x7f) << shift;
    }
    if (isStretch) {
      isStretch = false;
      if ((number & 1) === 0) index += number >>> 1;
      else for (const last = index + (number >>> 1); index < last;) words[index++] += more;
    } else if (number === 0) {
      isStretch = true;
    } else {
      more = (number >>> 1) ^ -(number & 1);
      words[index++] += more;
    }
  }
}

function enlarged(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(2 * bytes.length);
  longer.set(bytes);
  return longer;
}

function writeStretch(out: Uint8Array, at: number, number: number): number {
  out[at] = 0;
  return writeNumber(out, at + 1, number);
}

/** Writes the number, taken as one without a sign, seven bits a byte from the lowest on; returns where it ends. */
function writeNumber(out: Uint8Array, at: number, number: number): number {
  let rest = number >>> 0;
  for (; rest > 0x7f; rest >>>= 7) out[at++] = rest | 0x80;
  out[at++] = rest;
  return at;
}
