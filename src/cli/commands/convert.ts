import { writeFile } from "node:fs/promises";
import { onlyFile, readArguments, usage } from "../arguments";
import { writeError } from "../files";
import type { CliIo } from "../io";
import { candidatesOf, convertTrace, formatHelp } from "../traces";

export const convertHelp = `Usage: memscript convert TRACE[.gz] -o FILE.memscript [--format auto|...]

Turns a recorded trace into a script that opens and steps in the editor. What the trace does not say is not invented.

  -o, --output   the script to write; - prints it
  --format       ${formatHelp}
`;

export async function convertCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("convert", args, {
    output: { type: "string", short: "o" },
    format: { type: "string", default: "auto" },
  });
  const file = onlyFile("convert", positionals);
  const { output } = values;
  if (output === undefined) throw usage("convert", "where to? Say -o FILE.memscript");
  const script = await convertTrace(file, candidatesOf("convert", values.format));
  for (const problem of script.problems) io.writeError(`${file}:${problem.line + 1}: ${problem.message}\n`);
  if (output === "-") await io.write(script.text);
  else {
    await writeFile(output, script.text).catch((error: unknown) => {
      throw writeError(output, error);
    });
  }
  return script.problems.length === 0 ? 0 : 1;
}
