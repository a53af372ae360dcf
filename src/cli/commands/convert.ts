import { onlyFile, readArguments, usage } from "../arguments";
import { openInput } from "../inputs";
import type { CliIo } from "../io";
import { openOutput } from "../outputs";
import { candidatesOf, convertTrace, readingHelp, readingLines, readingOptions, requestOf } from "../traces";

export const convertHelp = `Usage: memscript convert TRACE[.gz] -o FILE.memscript [--format auto|...] [--base 10|16] [--modify once|twice]

Turns a recorded trace into a script that opens and steps in the editor. Nothing is added that is not in the trace.

  -o, --output   the script to write; - prints it
${readingHelp}`;

export async function convertCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("convert", args, {
    output: { type: "string", short: "o" },
    ...readingOptions,
  });
  const { output } = values;
  if (output === undefined) throw usage("convert", "missing -o FILE.memscript");
  const file = await openInput(onlyFile("convert", positionals), io);
  const target = await openOutput(output, [file], io);
  const candidates = candidatesOf("convert", values.format);
  const script = await convertTrace(file, candidates, requestOf("convert", file, values));
  for (const problem of script.problems) io.writeError(`${file.name}:${problem.line + 1}: ${problem.message}\n`);
  const [text, ...warnings] = readingLines(file, script.reading, script.operations);
  for (const warning of warnings) io.writeError(`${warning}\n`);
  await target.write(script.text);
  if (output !== "-") await io.write(`${text}\n`);
  return script.problems.length === 0 ? 0 : 1;
}
