import { syntaxMessage } from "../../language/parsing/syntaxProblems";
import { commandLineWords } from "../../language/Words";
import { readExpectations, type Expectations } from "../../machine/grading/expectations";
import { readArguments, usage } from "../arguments";
import { CliError } from "../errors";
import { gradeFile, type Graded } from "../grading/graded";
import { gradeRecord, gradesRecord } from "../grading/json";
import { junitXml } from "../grading/junit";
import { gradeLines, gradeTable } from "../grading/words";
import { openInput, type Input } from "../inputs";
import { LineWriter, type CliIo } from "../io";
import { limitOptions, limitsHelp, readLimits } from "../limits";
import { isSameFile, openOutput } from "../outputs";
import { foldedLines } from "../problems";
import { readScript } from "../scripts";
import { openTargets, targetsHelp } from "../targets";
import { readFailing, verdictHelp, verdictOptions } from "../verdict";

export const gradeHelp = `Usage: memscript grade SUBMISSION... --with EXPECTATIONS.memscript [--points] [--strict | --fail-on error|warning]
                       [--limit steps=1e8 ...] [--timeout SECONDS] [--junit FILE | --json]

Runs each submission and then the expectations on the memory that it left. A submission passes when every expectation holds
and it has no error; an empty one, one that is cut off and one that cannot be read do not pass. Its own expectations do
not count, and no name that it binds stands in for a statistic. Several submissions give a table.

SUBMISSION is ${targetsHelp}.

  --with      the script with the expectations; a comment after one says what it is about: # 2 points: all is freed
  --points    print points, too; an expectation without a comment about points is worth one
${verdictHelp}${limitsHelp(14)}  --timeout   longest time that a submission may run, in seconds; 60 by default
  --junit     write the grades as JUnit XML, too; - prints only that
  --json      print one JSON object a submission

Exit codes: 0 all pass, 1 a submission does not pass, 2 bad usage, or a submission or the expectations cannot be read.
`;

export async function gradeCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("grade", args, {
    with: { type: "string" },
    points: { type: "boolean", default: false },
    timeout: { type: "string", default: "60" },
    junit: { type: "string" },
    json: { type: "boolean", default: false },
    ...verdictOptions,
    ...limitOptions,
  });
  if (values.with === undefined) throw usage("grade", "which expectations? Say --with EXPECTATIONS.memscript");
  if (positionals.length === 0) throw usage("grade", "which submission? None is given");
  if (values.json && values.junit === "-") throw usage("grade", "--json and --junit - both print; name a file");
  const failing = readFailing("grade", values);
  const options = {
    limits: readLimits("grade", values.limit),
    seconds: readSeconds(values.timeout),
    failsOnWarnings: failing.has("warning"),
  };
  const source = await openInput(values.with, io);
  const { inputs, failures, areSeveral } = await openTargets(positionals, io);
  const submissions = areSeveral ? await without(inputs, source) : inputs;
  const report = values.junit === undefined ? null : await openOutput(values.junit, [source, ...submissions], io);
  const expectations = await readExpectationFile(source);
  const isUnreadable = (): boolean => failures.length > 0 || all.some(({ verdict }) => verdict === "unreadable");
  const code = (): number => (isUnreadable() ? 2 : all.every(({ verdict }) => verdict === "passed") ? 0 : 1);
  const all: Graded[] = [];
  const out = new LineWriter(io, code);
  for (const input of submissions) {
    const graded = await gradeFile(input, expectations, options);
    all.push(graded);
    if (graded.reason !== null) io.writeError(`memscript: ${graded.reason}\n`);
    if (values.json && out.line(JSON.stringify(gradeRecord(graded)))) await out.flush();
  }
  for (const failure of failures) io.writeError(`memscript: ${failure}\n`);
  if (values.json) out.line(JSON.stringify(gradesRecord(all)));
  else if (values.junit !== "-") {
    for (const line of textLines(all, source.name, values.points, areSeveral)) out.line(line);
  }
  await report?.write(junitXml(all, source.name, failing));
  await out.flush();
  return code();
}

function textLines(
  all: readonly Graded[],
  expectations: string,
  withPoints: boolean,
  areSeveral: boolean,
): readonly string[] {
  if (areSeveral) return gradeTable(all, withPoints);
  return all.flatMap((graded) => [
    ...graded.problems.flatMap((folded) => foldedLines(graded.name, folded)),
    ...gradeLines(graded, expectations, withPoints),
  ]);
}

/** The submissions of a folder that has the expectations in it, too. */
async function without(inputs: readonly Input[], source: Input): Promise<Input[]> {
  const isSource = await Promise.all(inputs.map((input) => isSameFile(input, source)));
  return inputs.filter((_, at) => !isSource[at]);
}

/** Throws {@link CliError} for expectations with a mistake, and for a file that has none. */
async function readExpectationFile(source: Input): Promise<Expectations> {
  const expectations = readExpectations(await readScript(source));
  const problem = expectations.program.problems.at(0);
  const refuse = (line: number, what: string): CliError => new CliError(`${source.name}:${line + 1}: ${what}`);
  if (problem !== undefined) throw refuse(problem.line, syntaxMessage(problem, commandLineWords));
  const taken = expectations.taken.at(0);
  if (taken !== undefined) throw refuse(taken.line, `\`${taken.name}\` is the name of a statistic; choose another one`);
  if (expectations.list.length === 0) {
    throw new CliError(`${source.name}: it has no expectations, such as expect used == 0`);
  }
  return expectations;
}

function readSeconds(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds <= 0) throw usage("grade", `--timeout is a number of seconds above 0, not '${text}'`);
  return seconds;
}
