import { writeFile } from "node:fs/promises";
import { format } from "../../language/services/format";
import { onlyFile, readArguments } from "../arguments";
import { readScript, writeError } from "../files";
import type { CliIo } from "../io";

export const formatHelp = `Usage: memscript format FILE [--write] [--align]

Prints FILE in one style: spaces between operands, indentation of repeat blocks. What the script means stays.

  --write   write the result back to FILE instead of printing it
  --align   put the = and the comments of neighbouring lines below each other
`;

export async function formatCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("format", args, {
    write: { type: "boolean" },
    align: { type: "boolean", default: false },
  });
  const file = onlyFile("format", positionals);
  const text = await readScript(file);
  const formatted = format(text, { alignColumns: values.align });
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
