export const isBlank = (byte: number | undefined): boolean => byte === 32 || byte === 9;

/** The first place from `start` on, `end` at most, that is no blank. */
export function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(bytes[at])) at++;
  return at;
}

/** The first place from `start` on, `end` at most, that is a blank. */
export function skipToken(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && !isBlank(bytes[at])) at++;
  return at;
}

/** Bytes of a line that are read as text. */
const longestText = 4096;

/** The half-open range as text, a character a byte, at most its first 4 KiB. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + longestText)));
}
