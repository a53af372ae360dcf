export const lineBreak = /\r\n|\n|\r/;

/** Splits at \n, \r\n and \r, and drops a leading byte-order mark. */
export function splitLines(text: string): string[] {
  return text.slice(byteOrderMark(text).length).split(lineBreak);
}

/** The mark that a text begins with, or nothing. */
export function byteOrderMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.charAt(0) : "";
}
