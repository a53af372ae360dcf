import { foldedLines } from "../problems";
import type { Result } from "../../machine/grading/grade";
import type { FoldedProblem } from "../../machine/problems/repeats";
import { scoreOf, type Graded } from "./graded";
import { failureOf, titleOf, wholeReason } from "./words";

interface Failure {
  /** One sentence. */
  readonly message: string;
  /** In a word. */
  readonly type: string;
  readonly details: string;
}

interface TestCase {
  readonly name: string;
  readonly failure: Failure | null;
}

/**
 * The grades as JUnit XML, restricted to what all readers support: one suite per submission, with a test case for running
 * without a failing problem and one for each line of expectations.
 */
export function junitXml(all: readonly Graded[], expectations: string, failing: ReadonlySet<string>): string {
  const suites = all.map((graded) => ({ graded, cases: casesOf(graded, failing) }));
  const cases = suites.flatMap((suite) => suite.cases);
  const seconds = all.reduce((sum, graded) => sum + graded.seconds, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: expectations, ...countsOf(cases), time: seconds.toFixed(3) })}>`,
    ...suites.flatMap((suite) => suiteLines(suite.graded, suite.cases)),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteLines(graded: Graded, cases: readonly TestCase[]): string[] {
  const { name, seconds, results } = graded;
  const { points, outOf } = scoreOf(results);
  const properties = Object.entries({ verdict: graded.verdict, points: String(points), outOf: String(outOf) });
  return [
    `  <testsuite ${attributes({ name, ...countsOf(cases), time: seconds.toFixed(3) })}>`,
    "    <properties>",
    ...properties.map(([key, value]) => `      <property ${attributes({ name: key, value })}/>`),
    "    </properties>",
    ...cases.flatMap((test) => caseLines(name, test)),
    "  </testsuite>",
  ];
}

function caseLines(classname: string, { name, failure }: TestCase): string[] {
  const start = `    <testcase ${attributes({ classname, name, time: "0.000" })}`;
  if (failure === null) return [`${start}/>`];
  const { message, type, details } = failure;
  return [
    `${start}>`,
    `      <failure ${attributes({ message, type })}>${escaped(details)}</failure>`,
    "    </testcase>",
  ];
}

function casesOf(graded: Graded, failing: ReadonlySet<string>): TestCase[] {
  return [
    { name: "runs without problems", failure: runFailure(graded, failing) },
    ...graded.results.map((result) => ({
      name: `line ${result.expectation.line + 1}: ${titleOf(result)}`,
      failure: expectationFailure(result, graded),
    })),
  ];
}

function runFailure(graded: Graded, failing: ReadonlySet<string>): Failure | null {
  const whole = wholeReason(graded);
  if (whole !== null) return { message: whole, type: graded.verdict, details: whole };
  const problems = graded.problems.filter(({ problem }) => failing.has(problem.severity));
  const first = problems.at(0);
  if (first === undefined) return null;
  const lines = (folded: FoldedProblem): string[] => foldedLines(graded.name, folded);
  return { message: lines(first)[0] ?? "", type: first.problem.id, details: problems.flatMap(lines).join("\n") };
}

function expectationFailure(result: Result, graded: Graded): Failure | null {
  const message = failureOf(result, graded);
  if (message === null) return null;
  const { outcome, expectation } = result;
  const type = outcome.kind === "failed" ? outcome.problem.id : "not-reached";
  return { message, type, details: `${expectation.text}\n${message}` };
}

/** No test is skipped, and none errs: what a submission does wrong is a failure. */
function countsOf(cases: readonly TestCase[]) {
  const failures = cases.filter(({ failure }) => failure !== null).length;
  return { tests: String(cases.length), failures: String(failures), errors: "0", skipped: "0" };
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(value).replaceAll(/[\t\n]/g, " ")}"`)
    .join(" ");
}

const entities: Readonly<Partial<Record<string, string>>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
/** Control characters, halves of surrogate pairs and what is no character: XML has no way to write most of them. */
const noText = /(?![\t\n])[\p{Cc}\p{Cs}\ufffe\uffff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const escaped = (text: string): string =>
  text.replaceAll(noText, "").replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
