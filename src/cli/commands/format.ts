import { format } from "../../language/services/format";
import { onlyFile, readArguments, usage } from "../arguments";
import { CliError } from "../errors";
import { openInput } from "../inputs";
import { writeContent, type CliIo } from "../io";
import { writeFileWhole } from "../outputs";
import { readScriptFile } from "../scripts";

export const formatHelp = `Usage: memscript format FILE [--write] [--align]

Prints FILE in one style: spaces between operands, indentation of repeat blocks. Never changes the meaning.

  --write   write the result back to FILE instead of printing it; FILE has to be UTF-8
  --align   put the = and the comments of neighbouring lines below each other
`;

export async function formatCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("format", args, {
    write: { type: "boolean" },
    align: { type: "boolean", default: false },
  });
  const file = await openInput(onlyFile("format", positionals), io);
  const { text, foreignLine } = await readScriptFile(file);
  const formatted = format(text, { alignColumns: values.align });
  const isForeign = foreignLine === null ? null : `${file.name}:${foreignLine}: this line is not UTF-8`;
  if (values.write !== true) {
    if (isForeign !== null) io.writeError(`memscript: ${isForeign}; what cannot be read is printed as \uFFFD\n`);
    await writeContent(io, formatted);
    return 0;
  }
  if (file.path === null) throw usage("format", "--write needs a file; standard input cannot be written back");
  if (isForeign !== null) throw new CliError(`${isForeign}; save the file as UTF-8 before it is written back`);
  if (formatted !== text) await writeFileWhole(file.path, formatted);
  return 0;
}
