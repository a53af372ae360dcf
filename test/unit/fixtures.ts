import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { problemIds } from "../../src/machine/problems/catalogue";
import type { Problem } from "../../src/machine/problems/Problem";
import type { MachineLimits } from "../../src/machine/run/limits";
import { runScript, said, type ScriptRun } from "./machine/runScript";

/** A script whose comments say which problems its lines raise. */
export interface Fixture {
  readonly name: string;
  readonly script: string;
}

const folder = join(__dirname, "../fixtures/scripts");

export const fixtureFiles: readonly string[] = readdirSync(folder).sort();

/** The scripts of a file in `test/fixtures/scripts`. Each starts after a line `## NAME`, which is its line 0. */
export function fixtures(file: string): Fixture[] {
  const [, ...sections] = readFileSync(join(folder, file), "utf8").split(/^## /m);
  assert.notEqual(sections.length, 0, `${file} has no line that starts with ##`);
  return sections.map((section) => {
    const end = section.indexOf("\n");
    return { name: section.slice(0, end), script: section.slice(end + 1).trimEnd() };
  });
}

/**
 * Runs a script and compares the problems of each line with the comment after its statement:
 *
 *     free a         # double-free
 *     write a + 40 1 # heap-overflow: 0 bytes after the block # heap-corruption
 *
 * `# ID, ID` names the problems in the order in which they are raised, `# ID: WORDS` a part of a message, too, and a
 * line without such a comment raises none. A failure shows the script with the comments that would be true.
 */
export function check(script: string, limits: Partial<MachineLimits> = {}): ScriptRun {
  const run = runScript(script, limits);
  assert.equal(annotated(script, run.problems), script);
  const steps = run.problems.map(({ step }) => step);
  assert.deepEqual(
    steps,
    [...steps].sort((a, b) => a - b),
    "problems are listed in the order of their steps",
  );
  assert.deepEqual(run.machine.checkInvariants(), []);
  return run;
}

/** The script with comments that name `problems`; a line whose comment does so already stays as it is. */
export function annotated(script: string, problems: readonly Problem[]): string {
  return script
    .split("\n")
    .map((line, index) =>
      annotatedLine(
        line,
        problems.filter((problem) => problem.line === index),
      ),
    )
    .join("\n");
}

/** The script without its expectations. */
export function bare(script: string): string {
  return script.replaceAll(expectationForm, "$1");
}

interface Expectation {
  readonly id: string;
  readonly words: string;
}

/** A statement, then a comment that starts with the id of a problem. */
const expectationForm = new RegExp(
  `^([ \\t]*[^#\\s].*?)[ \\t]+# ((?:${problemIds.join("|")})(?:, | # |: |$).*)$`,
  "gm",
);

function expectationsOf(line: string): Expectation[] {
  const comments = Array.from(line.matchAll(expectationForm), ([, , comment]) => comment);
  const parts = comments.flatMap((comment) => comment.split(" # "));
  return parts.flatMap((part) => {
    const [ids, ...words] = part.split(": ");
    return ids.split(", ").map((id) => ({ id, words: words.join(": ") }));
  });
}

function annotatedLine(line: string, problems: readonly Problem[]): string {
  const expected = expectationsOf(line);
  const isRaised = ({ id, words }: Expectation, problem: Problem | undefined): boolean =>
    id === problem?.id && said(problem).message.includes(words);
  if (expected.length === problems.length && expected.every((one, index) => isRaised(one, problems[index])))
    return line;
  return [bare(line), ...problems.map((problem) => `${problem.id}: ${said(problem).message}`)].join(" # ");
}
