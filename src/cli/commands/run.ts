import { commandLineWords } from "../../language/Words";
import { stepLines } from "../../machine/stories/stepLines";
import { endRecord, toJsonRecord, type StateDetail } from "../../machine/records/json";
import { describeMemory } from "../../machine/step/describe";
import { leakSummaryText } from "../../machine/leaks/kinds";
import { layoutText } from "../../machine/inspect/layoutText";
import { choice, onlyFile, readArguments, readOverrides } from "../arguments";
import { openInput } from "../inputs";
import { LineWriter, type CliIo } from "../io";
import { limitOptions, limitsHelp, readLimits } from "../limits";
import { openMachine } from "../machine";
import { exitCode, problemLines } from "../problems";
import { readScript } from "../scripts";

export const runHelp = `Usage: memscript run FILE [--json] [--state none|end|each] [--set heap.policy=best-fit ...]
                    [--limit steps=1e8 ...]

Runs a script to its end and prints each step, its problems and the final statistics.

  --json    print one JSON record a line: one for each step, then one for the end
  --state   which records carry the blocks, free lists and pages: none (default), end or each;
            without --json each prints them after each step, and the end always does
  --set     add or override an option of every statement of a kind, as STATEMENT.OPTION=VALUE; may be repeated
${limitsHelp(12)}`;

const stateChoices = ["none", "end", "each"] as const;

export async function runCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("run", args, {
    json: { type: "boolean", default: false },
    state: { type: "string", default: "none" },
    set: { type: "string", multiple: true, default: [] },
    ...limitOptions,
  });
  const file = await openInput(onlyFile("run", positionals), io);
  const detail: StateDetail = choice("run", "state", values.state, stateChoices);
  const overrides = readOverrides("run", values.set);
  const machine = openMachine(await readScript(file), overrides, readLimits("run", values.limit));
  const out = new LineWriter(io, () => exitCode(machine.problems));
  if (!values.json) {
    for (const problem of machine.problems) for (const line of problemLines(file.name, problem)) out.line(line);
  }
  for (let record = machine.step(); record !== undefined; record = machine.step()) {
    const lines = values.json
      ? [JSON.stringify(toJsonRecord(record, detail === "each" ? machine.state : null, commandLineWords))]
      : [
          ...stepLines(file.name, record, commandLineWords),
          ...(detail === "each" ? indented(layoutText(machine.state)) : []),
        ];
    for (const line of lines) if (out.line(line)) await out.flush();
  }
  if (values.json)
    out.line(JSON.stringify(endRecord(machine.state, machine.problems, detail !== "none", commandLineWords)));
  else {
    out.line(`\n${describeMemory(machine.state)}`);
    for (const line of leakSummaryText(machine.state.leaks())) out.line(line);
  }
  await out.flush();
  return exitCode(machine.problems);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}
