/**
 * The note of where a recorded program made a request, in the comment of the line that a converted trace has for it:
 * `b[0] = alloc 32  # @ main+0x11`, as mtrace writes it. Leaks are reported with it.
 */
const mark = " @ ";

/** The note as it stands in a comment, from the `@` on. */
export function callSiteNote(site: string): string {
  return `${mark.trimStart()}${site}`;
}

/** The call site that the comment of a line notes; null without one. */
export function callSiteOf(line: string): string | null {
  const comment = line.indexOf("#");
  const at = comment === -1 ? -1 : line.indexOf(mark, comment);
  const site = at === -1 ? "" : line.slice(at + mark.length).trim();
  return site === "" ? null : site;
}
