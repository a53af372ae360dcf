import { nearest } from "../../../language/parsing/suggest";
import { statementAt } from "../../../language/parsing/statementsByLine";
import { symbolsOf } from "../../../language/services/symbols";
import type { Program } from "../../../language/parsing/syntax";
import type { Problem, ProblemOf } from "../../../machine/problems/Problem";
import { mostListed } from "../../../language/parsing/syntaxProblems";
import { deleteLine, insertBefore, replace, type Fix } from "./edits";

/** A known name that is near, in place of the mistyped one, which is what the problem underlines. */
export function suggestionFix(problem: Problem, program: Program): Fix | undefined {
  const { line, column, endColumn, facts } = problem;
  const word = "suggestion" in facts ? facts.suggestion : null;
  if (word === null || program.lines.at(line) === undefined || endColumn <= column) return undefined;
  return replace(line, { start: column, end: endColumn }, word);
}

/** The values that an option takes, where they are few. */
export function choiceFixes({ line, column, endColumn, facts }: ProblemOf<"bad-operand">): Fix[] {
  if (facts.kind !== "word-choice" || facts.choices.length > mostListed || endColumn <= column) return [];
  return facts.choices.map((word) => replace(line, { start: column, end: endColumn }, word));
}

/** The heap or pool with the most similar name. */
export function unknownRegionFixes({ line, facts }: ProblemOf<"unknown-name">, program: Program): Fix[] {
  if (facts.kind !== "region") return [];
  const { name } = facts;
  const value = statementAt(program, line)?.options["from"]?.value;
  if (value?.kind !== "word" || value.word !== name) return [];
  const regions = [...symbolsOf(program).values()].filter(({ kind }) => kind === "region");
  const word = nearest(
    name,
    regions.map((region) => region.name),
  );
  return word === undefined ? [] : [replace(line, value.span, word)];
}

/** What was found in place of what was expected; the mistake that did not happen is expected no longer. */
export function expectationFixes({ line, facts }: ProblemOf<"expectation-failed">, program: Program): Fix[] {
  if (facts.kind === "problem") return facts.raised.length === 0 ? [deleteLine(line)] : [];
  const condition = statementAt(program, line)?.operands["condition"];
  const expression = condition?.kind === "expression" ? condition.expression : undefined;
  if (expression?.kind !== "binary" || !["==", "<=", ">="].includes(expression.operator)) return [];
  const { left, right } = expression;
  const source = program.lines[line]?.slice(left.span.start, left.span.end);
  const found = facts.found.find((part) => part.source === source);
  return found === undefined || !Number.isSafeInteger(found.value)
    ? []
    : [replace(line, right.span, String(found.value))];
}

/** A `repeat` without `end` gets one behind the last line; an `end` without `repeat` goes. */
export function loopFixes({ line, facts }: ProblemOf<"syntax-error">, program: Program): Fix[] {
  if (facts.kind === "stray-end") return [deleteLine(line)];
  if (facts.kind !== "open-loop") return [];
  const last = program.lines.at(-1) === "" ? program.lines.length - 1 : program.lines.length;
  const indentation = /^\s*/.exec(program.lines[line] ?? "")![0];
  const newText = `${indentation}end`;
  return [{ ...insertBefore(program, last, "end"), edits: [{ kind: "insert-line", line: last, newText }] }];
}
