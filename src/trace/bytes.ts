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
