/** Bytes at the start of a trace by which its format is recognised. */
const headBytes = 4096;
/** Lines without comments by which a format is recognised. */
const mostLines = 64;

/** The lines at the start of a trace, trimmed and without empty ones; a last line that may be cut off is left out. */
export function headLines(head: Uint8Array): string[] {
  const text = String.fromCharCode(...head.subarray(0, headBytes)).replace(/^\u00ef\u00bb\u00bf/, "");
  const lines = text.split("\n");
  if (lines.length > 1) lines.pop();
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

/** The first lines without those that a `#` makes comments. */
export function withoutComments(lines: readonly string[]): string[] {
  return lines.filter((line) => !line.startsWith("#")).slice(0, mostLines);
}
