import { commandLineWords } from "../../language/Words";
import { foldedWords, type FoldedProblem } from "../../machine/problems/repeats";
import type { Severity } from "../../machine/problems/ProblemKind";
import { plural } from "../../machine/problems/wording";
import { toJsonProblem } from "../../machine/records/json";
import type { MachineLimits } from "../../machine/run/limits";
import { brokenProofs, ProofJudge } from "../../machine/run/proofs";
import { readArguments, usage } from "../arguments";
import { errorText } from "../errors";
import type { Input } from "../inputs";
import { LineWriter, type CliIo } from "../io";
import { limitOptions, limitsHelp, readLimits } from "../limits";
import { openMachine } from "../machine";
import { foldedLines, listedProblems } from "../problems";
import { readScript } from "../scripts";
import { openTargets, targetsHelp } from "../targets";
import { countOf, problemCounts, readFailing, verdictHelp, verdictOptions } from "../verdict";

export const checkHelp = `Usage: memscript check FILE... [--strict | --fail-on error|warning] [--limit steps=1e8 ...] [--json]

Runs each script and prints only its problems, as file:line:column: severity: message [id], related lines below. After a
script with expectations, and after each one of several, a line says how many problems it has and how many of its
expectations held. A script that cannot be read does not keep the others from being checked.

FILE is ${targetsHelp}.

${verdictHelp}${limitsHelp(14)}  --json      print one JSON object a problem and line, with its file, and one of the kind "result" where a line
              says the same

Exit codes: 0 clean, 1 a script has problems that fail, 2 bad usage or a script that cannot be read.
`;

/** What became of a script. */
interface Checked {
  readonly problems: readonly FoldedProblem[];
  readonly held: number;
  readonly expectations: number;
}

export async function checkCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("check", args, {
    json: { type: "boolean", default: false },
    ...verdictOptions,
    ...limitOptions,
  });
  if (positionals.length === 0) throw usage("check", "which files? None is given");
  const failing = readFailing("check", values);
  const limits = readLimits("check", values.limit);
  const { inputs, failures, areSeveral } = await openTargets(positionals, io);
  let code = 0;
  let passed = 0;
  const out = new LineWriter(io, () => code);
  const fail = async (sentence: string): Promise<void> => {
    code = 2;
    await out.flush();
    io.writeError(`memscript: ${sentence}\n`);
  };
  for (const input of inputs) {
    let checked: Checked;
    try {
      checked = checkedRun(await readScript(input), limits);
    } catch (error) {
      await fail(errorText(error));
      continue;
    }
    const isClean = !checked.problems.some(({ problem }) => failing.has(problem.severity));
    if (isClean) passed++;
    else code = Math.max(code, 1);
    const lines = values.json ? jsonLines(input, checked, failing, areSeveral) : textLines(input, checked, areSeveral);
    for (const line of lines) if (out.line(line)) await out.flush();
  }
  for (const failure of failures) await fail(failure);
  if (areSeveral && !values.json && inputs.length > 0)
    out.line(`${passed} of ${plural(inputs.length, "script")} passed`);
  await out.flush();
  return code;
}

/** The problems of a run, and how many expectations held. */
function checkedRun(text: string, limits: MachineLimits): Checked {
  const machine = openMachine(text, new Map(), limits);
  const judge = new ProofJudge(machine.program);
  for (let record = machine.step(); record !== undefined; record = machine.step()) judge.feed(record);
  const outcomes = judge.outcomes();
  return {
    problems: listedProblems(machine.problems),
    held: outcomes.filter(({ outcome }) => outcome.kind === "held").length,
    expectations: outcomes.length + brokenProofs(machine.program),
  };
}

function textLines({ name }: Input, { problems, held, expectations }: Checked, areSeveral: boolean): string[] {
  const lines = problems.flatMap((folded) => foldedLines(name, folded));
  if (expectations === 0 && !areSeveral) return lines;
  const counts = problemCounts(problems);
  const proofs = expectations === 0 ? "" : `, ${held} of ${plural(expectations, "expectation")} held`;
  return [...lines, `${name}: ${counts}${proofs}`];
}

function jsonLines({ name }: Input, checked: Checked, failing: ReadonlySet<Severity>, areSeveral: boolean): string[] {
  const { problems } = checked;
  const result = {
    kind: "result",
    file: name,
    passed: !problems.some(({ problem }) => failing.has(problem.severity)),
    errors: countOf(problems, "error"),
    warnings: countOf(problems, "warning"),
    held: checked.held,
    expectations: checked.expectations,
  };
  const lines = problems.map((folded) => ({
    file: name,
    ...toJsonProblem(folded.problem, foldedWords(folded, commandLineWords)),
  }));
  const hasResult = areSeveral || checked.expectations > 0;
  return [...lines, ...(hasResult ? [result] : [])].map((line) => JSON.stringify(line));
}
