import { toJsonProblem } from "../../machine/records/json";
import { foldedWords, foldRepeats, type FoldedProblem } from "../../machine/problems/repeats";
import { englishWords } from "../../language/Words";
import { readArguments, usage } from "../arguments";
import { openInput } from "../inputs";
import { LineWriter, type CliIo } from "../io";
import { openMachine } from "../machine";
import { exitCode, problemLines } from "../problems";
import { readScript } from "../scripts";

export const checkHelp = `Usage: memscript check FILE... [--json]

Runs each script and prints only its problems, as file:line:column: severity: message [id], related lines below.

  --json    print one JSON object a problem and line, with its file
`;

export async function checkCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("check", args, { json: { type: "boolean", default: false } });
  if (positionals.length === 0) throw usage("check", "which files? None is given");
  const out = new LineWriter(io);
  let code = 0;
  for (const path of positionals) {
    const input = await openInput(path, io);
    const file = input.name;
    const problems = problemsOf(await readScript(input));
    for (const folded of problems) {
      const { problem } = folded;
      const words = foldedWords(folded, englishWords);
      const lines = values.json
        ? [JSON.stringify({ file, ...toJsonProblem(problem, words) })]
        : problemLines(file, problem, words);
      for (const line of lines) if (out.line(line)) await out.flush();
    }
    code = Math.max(code, exitCode(problems.map(({ problem }) => problem)));
  }
  await out.flush();
  return code;
}

/** The problems of a run by line, repeated ones folded, as a compiler lists them. */
function problemsOf(text: string): FoldedProblem[] {
  const machine = openMachine(text, new Map());
  while (machine.step() !== undefined);
  return foldRepeats(machine.problems).sort(
    ({ problem: left }, { problem: right }) => left.line - right.line || left.column - right.column,
  );
}
