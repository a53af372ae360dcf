/** The value of each byte that is a digit of base 16, 99 for the others. */
const digitOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  const digit = "0123456789abcdef".indexOf(String.fromCharCode(byte).toLowerCase());
  return digit === -1 ? 99 : digit;
});

/** Reads digits of the base in the half-open byte range: NaN when it is no number, Infinity above 2^53 - 1. */
function parseDigits(bytes: Uint8Array, start: number, end: number, base: number): number {
  if (start >= end) return Number.NaN;
  let value = 0;
  for (let k = start; k < end; k++) {
    const digit = digitOf[bytes[k]];
    if (digit >= base) return Number.NaN;
    value = value * base + digit;
  }
  return value > Number.MAX_SAFE_INTEGER ? Infinity : value;
}

/** At most six hexadecimal digits; -1 when one of the bytes is none. */
function parseSixDigits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let k = start; k < end; k++) {
    const digit = digitOf[bytes[k]];
    if (digit > 15) return -1;
    value = (value << 4) | digit;
  }
  return value;
}

/** A decimal integer, with a minus sign if need be. */
export function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  return bytes[start] === 45 ? -parseDigits(bytes, start + 1, end, 10) : parseDigits(bytes, start, end, 10);
}

/** As glibc prints `%#lx` and `%p`: `0x1f`, a bare `0`, or `(nil)`, which is 0. */
export function parseHexadecimal(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === 48 && bytes[start + 1] === 120 && start + 1 < end) {
    // Two halves of 32 bits for the 12 digits that addresses have, because whole numbers multiply faster than doubles.
    const middle = end - 6;
    if (middle <= start + 2 || end - start > 14) return parseDigits(bytes, start + 2, end, 16);
    const high = parseSixDigits(bytes, start + 2, middle);
    const low = parseSixDigits(bytes, middle, end);
    return high < 0 || low < 0 ? Number.NaN : high * 0x100_0000 + low;
  }
  if (end - start === 5 && bytes[start] === 40 && bytes[start + 1] === 110 && bytes[end - 1] === 41) return 0;
  return end - start === 1 && bytes[start] === 48 ? 0 : Number.NaN;
}

/** Hexadecimal digits, with `0x` before them or without. */
export function parsePlainHexadecimal(bytes: Uint8Array, start: number, end: number): number {
  const isPrefixed = bytes[start] === 48 && (bytes[start + 1] | 32) === 120 && start + 2 < end;
  return parseDigits(bytes, isPrefixed ? start + 2 : start, end, 16);
}
