/** The command line was wrong, or a file cannot be used: one line on stderr, exit code 2, no stack trace. */
export class CliError extends Error {}

/** Nothing reads the output any more (`| head`): the command ends at once, quietly, with the exit code so far. */
export class ReaderGone extends Error {
  constructor(readonly code: number) {
    super("nothing reads the output any more");
  }
}

/** Whatever went wrong, in one line. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `${error instanceof CliError ? "" : "internal error: "}${oneLine(text)}`;
}

/** The mistake of the caller, in one line whatever the cause says. */
export function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ").trim();
}
