import { commandLineWords } from "../../language/Words";
import { queryMessage } from "../../machine/events/queryMistakes";
import { toHex } from "../../engine/address";
import { parse } from "../../language/parsing/parser";
import { parseQuery, queryWords } from "../../machine/events/parseQuery";
import { QuerySelector } from "../../machine/events/QuerySelector";
import { sentenceOf } from "../../machine/events/sentences";
import { mostAnswers, EventSearch, type SelectedEvent } from "../../machine/events/EventSearch";
import { readArguments, readOverrides, usage } from "../arguments";
import { CliError } from "../errors";
import { openInput } from "../inputs";
import { LineWriter, type CliIo } from "../io";
import { limitOptions, limitsHelp, readLimits } from "../limits";
import { readScript } from "../scripts";

export const queryHelp = `Usage: memscript query FILE "QUESTION" [--json] [--set heap.policy=best-fit ...] [--limit steps=1e8 ...]

Runs a script and prints everything in its run that the question asks for, up to the first ${mostAnswers} answers:
  memscript query demo.memscript "writes 0x10000..0x10040"
  memscript query demo.memscript "allocs > 4KiB from=main in 100..200"

A question is what to look for, then what it is about, a size and filters, as far as wanted:
  ${queryWords.slice(0, 11).join(", ")},
  ${queryWords.slice(11).join(", ")}
  a handle, an address, FROM..TO, vpn N, frame N, or after problems the id of one
  > 4KiB    in 100..200 (steps)    line 12    from=HEAP    process=NAME    by=free

  --json    print one JSON object an answer and line
  --set     add or override an option of every statement of a kind; may be repeated
${limitsHelp(12)}`;

export async function queryCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("query", args, {
    json: { type: "boolean", default: false },
    set: { type: "string", multiple: true, default: [] },
    ...limitOptions,
  });
  const [path, text, ...others] = positionals;
  if (path === undefined || text === undefined || 0 < others.length)
    throw usage("query", "a file and a question in quotes are wanted");
  const query = parseQuery(text);
  if (query.kind === "failure") {
    throw new CliError(
      `the question is wrong at column ${query.span.start + 1}: ${queryMessage(query, commandLineWords)}`,
    );
  }
  const options = { limits: readLimits("query", values.limit), overrides: readOverrides("query", values.set) };
  const file = await openInput(path, io);
  const scan = new EventSearch(parse(await readScript(file)), options, (state) => new QuerySelector(query, state));
  const out = new LineWriter(io);
  const work = scan.run();
  for (let printed = 0; !scan.done;) {
    work.next();
    for (const answer of scan.found.slice(printed)) {
      printed++;
      if (out.line(values.json ? JSON.stringify(toJson(answer)) : answerLine(file.name, answer))) await out.flush();
    }
  }
  await out.flush();
  if (scan.hasMore) io.writeError(`memscript: these are the first ${mostAnswers} answers of more\n`);
  if (scan.note !== null) io.writeError(`memscript: nothing found: ${scan.note}\n`);
  return 0;
}

function answerLine(file: string, selected: SelectedEvent): string {
  const { line, step } = selected.event;
  return `${file}:${line + 1}: step ${step}: ${sentenceOf(selected, commandLineWords)}`;
}

function toJson(selected: SelectedEvent): Readonly<Record<string, unknown>> {
  const { kind, step, line, bytes, region, pages, process, frames, allocation } = selected.event;
  return {
    kind,
    step,
    line: line + 1,
    text: sentenceOf(selected, commandLineWords),
    ...(bytes === null ? {} : { from: toHex(bytes.from), to: toHex(bytes.to) }),
    ...(region === null ? {} : { region }),
    ...(pages === null ? {} : { vpn: pages.from }),
    ...(process === null ? {} : { process }),
    ...(frames.length === 0 ? {} : { frames }),
    ...(allocation === null ? {} : { handle: allocation.handle, size: allocation.requested }),
  };
}
