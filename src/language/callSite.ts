/**
 * The note of where a recorded program made a request, at the end of the line that a converted trace has for it:
 * `b[0] = alloc 32  # @ main+0x11`, as mtrace writes it. Leaks are reported with it.
 */
const note = /#.* @ (.+)$/;

/** The note as it stands in the comment of a line, from the `@` on. */
export function callSiteNote(site: string): string {
  return `@ ${site}`;
}

/** The call site that the comment of a line notes; null without one. */
export function callSiteOf(line: string): string | null {
  return (line.includes(" @ ") ? note.exec(line)?.at(1)?.trim() : undefined) ?? null;
}
