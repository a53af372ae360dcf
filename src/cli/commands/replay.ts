import { choice, onlyFile, readArguments, readOptionList, usage } from "../arguments";
import { LineWriter, type CliIo } from "../io";
import { exitCode, problemLines } from "../problems";
import { statisticLines } from "../table";
import { replayTrace, traceFormatChoices } from "../traces";

export const replayHelp = `Usage: memscript replay TRACE[.gz] [--format auto|...] [--heap "policy=best-fit header=8 ..."] [--json] [--steps]

Replays a recorded trace, by default in a heap that grows as needed, and prints its statistics and problems.

  --format  ${traceFormatChoices.join(", ")}; auto (default) looks at the trace itself
  --heap    options of the heap statement
  --json    print the end record as JSON
  --steps   with --json, one record an operation too
`;

export async function replayCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("replay", args, {
    format: { type: "string", default: "auto" },
    heap: { type: "string", default: "" },
    vm: { type: "string" },
    json: { type: "boolean", default: false },
    steps: { type: "boolean", default: false },
  });
  const file = onlyFile("replay", positionals);
  const format = choice("replay", "format", values.format, traceFormatChoices);
  if (values.vm !== undefined) {
    const readable = traceFormatChoices.filter((known) => known !== "auto").join(", ");
    throw usage("replay", `--vm replays memory references, and the traces that can be read (${readable}) have none`);
  }
  if (values.steps && !values.json) throw usage("replay", "--steps goes with --json");
  const out = new LineWriter(io);
  const replay = await replayTrace(file, {
    format,
    heap: readOptionList("replay", "heap", values.heap),
    onRecord: values.json && values.steps ? (record) => out.line(JSON.stringify(record)) : null,
    flush: () => out.flush(),
  });
  if (values.json) out.line(JSON.stringify(replay.end));
  else {
    for (const problem of replay.problems) for (const line of problemLines(file, problem)) out.line(line);
    out.line(`${replay.operations} operations`);
    for (const line of statisticLines(replay.stats)) out.line(line);
  }
  await out.flush();
  return exitCode(replay.problems);
}
