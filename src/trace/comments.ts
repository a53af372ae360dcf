/** Lines without comments by which a format is recognised. */
const mostLines = 64;

/** The first lines without those that a `#` makes comments. */
export function withoutComments(lines: readonly string[]): string[] {
  return lines.filter((line) => !line.startsWith("#")).slice(0, mostLines);
}
