/** Reads digits of the base in the half-open byte range: NaN when it is no number, Infinity above 2^53 - 1. */
function parseDigits(bytes: Uint8Array, start: number, end: number, base: number): number {
  if (start >= end) return Number.NaN;
  let value = 0;
  for (let k = start; k < end; k++) {
    const byte = bytes[k];
    const letter = byte | 32;
    const digit = byte >= 48 && byte <= 57 ? byte - 48 : letter >= 97 && letter <= 102 ? letter - 87 : 99;
    if (digit >= base) return Number.NaN;
    value = value * base + digit;
  }
  return value > Number.MAX_SAFE_INTEGER ? Infinity : value;
}

/** A decimal integer, with a minus sign if need be. */
export function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  return bytes[start] === 45 ? -parseDigits(bytes, start + 1, end, 10) : parseDigits(bytes, start, end, 10);
}

/** As glibc prints `%#lx` and `%p`: `0x1f`, a bare `0`, or `(nil)`, which is 0. */
export function parseHexadecimal(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === 48 && bytes[start + 1] === 120 && start + 1 < end) return parseDigits(bytes, start + 2, end, 16);
  if (end - start === 5 && bytes[start] === 40 && bytes[start + 1] === 110 && bytes[end - 1] === 41) return 0;
  return end - start === 1 && bytes[start] === 48 ? 0 : Number.NaN;
}
