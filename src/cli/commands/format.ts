import { writeFile } from "node:fs/promises";
import { format } from "../../language/format";
import { onlyFile, readArguments } from "../arguments";
import { readScript, writeError } from "../files";
import type { CliIo } from "../io";

export const formatHelp = `Usage: memscript format FILE [--write]

Prints FILE with one statement's style: spaces, indentation of repeat blocks, aligned comments.

  --write   write the result back to FILE instead of printing it
`;

export async function formatCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("format", args, { write: { type: "boolean" } });
  const file = onlyFile("format", positionals);
  const text = await readScript(file);
  const formatted = format(text);
  if (values.write !== true) {
    await io.write(formatted);
    return 0;
  }
  if (formatted !== text) {
    await writeFile(file, formatted).catch((error: unknown) => {
      throw writeError(file, error);
    });
  }
  return 0;
}
