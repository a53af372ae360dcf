import { basename } from "node:path";
import { collectRun } from "../../inspector/report/collect";
import { reportHtml } from "../../inspector/report/page";
import { englishStrings } from "../../inspector/strings";
import { commandLineWords } from "../../language/Words";
import { parse } from "../../language/parsing/parser";
import { onlyFile, readArguments, readOverrides, usage } from "../arguments";
import { openInput } from "../inputs";
import type { CliIo } from "../io";
import { limitOptions, limitsHelp, readLimits } from "../limits";
import { openOutput } from "../outputs";
import { readScript } from "../scripts";
import { convertTrace, isTrace } from "../traces";

export const reportHelp = `Usage: memscript report FILE -o FILE.html [--set heap.policy=best-fit ...] [--limit steps=1e8 ...]

Runs a script, or the script that a recorded trace becomes, to its end and writes one HTML page about it: problems,
heap pictures, the timeline, statistics and what each line did. The page needs no script, no network and no MemScript.

  -o, --output   the page to write; - prints it
  --set          add or override an option of every statement of a kind, as STATEMENT.OPTION=VALUE; may be repeated
${limitsHelp(17)}`;

export async function reportCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("report", args, {
    output: { type: "string", short: "o" },
    set: { type: "string", multiple: true, default: [] },
    ...limitOptions,
  });
  const path = onlyFile("report", positionals);
  const { output } = values;
  if (output === undefined) throw usage("report", "missing -o FILE.html");
  const file = await openInput(path, io);
  const target = await openOutput(output, [file], io);
  const overrides = readOverrides("report", values.set);
  const run = collectRun(
    parse((await isTrace(file)) ? (await convertTrace(file)).text : await readScript(file)),
    { limits: readLimits("report", values.limit), overrides },
    commandLineWords,
  );
  let slice = run.next();
  while (slice.done !== true) slice = run.next();
  const facts = slice.value;
  const page = reportHtml(facts, { title: basename(file.name), strings: englishStrings, lang: "en" });
  await target.write(page);
  return facts.problems.some(({ severity }) => severity === "error") ? 1 : 0;
}
