/** One bit for each byte of a page: set when the byte has been written. Bit k of byte k >> 3, low bits first. */

/** Sets or clears the bits of the half-open range. */
export function markBits(bits: Uint8Array, start: number, end: number, defined: boolean): void {
  let at = start;
  while (at < end && (at & 7) !== 0) markBit(bits, at++, defined);
  const wholeEnd = at + ((end - at) & ~7);
  // A call of `fill` costs more than the bits of an integer.
  if (wholeEnd === at + 8) bits[at >> 3] = defined ? 0xff : 0;
  else if (wholeEnd > at) bits.fill(defined ? 0xff : 0, at >> 3, wholeEnd >> 3);
  at = Math.max(at, wholeEnd);
  while (at < end) markBit(bits, at++, defined);
}

export function markBit(bits: Uint8Array, at: number, defined: boolean): void {
  const mask = 1 << (at & 7);
  if (defined) bits[at >> 3] |= mask;
  else bits[at >> 3] &= ~mask;
}

export function bitAt(bits: Uint8Array, at: number): boolean {
  return (bits[at >> 3] & (1 << (at & 7))) !== 0;
}

/** The first clear bit of the half-open range, or -1. */
export function firstClearBit(bits: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end;) {
    if ((at & 7) === 0 && bits[at >> 3] === 0xff) at += 8;
    else if (bitAt(bits, at)) at++;
    else return at;
  }
  return -1;
}
