import { nearest } from "../../../language/parsing/suggest";
import { statementAt } from "../../../language/parsing/statementsByLine";
import { symbolsOf } from "../../../language/services/symbols";
import type { Program } from "../../../language/parsing/syntax";
import type { Problem } from "../../../machine/records/records";
import { deleteLine, insertBefore, replace, type Fix } from "./edits";

/** Problems say "Did you mean `word`?" where a known name is near; the mistyped one is what they underline. */
export function suggestionFix({ line, column, endColumn, message }: Problem, program: Program): Fix | undefined {
  const word = /Did you mean `([^`]+)`\?/.exec(message)?.[1];
  if (word === undefined || program.lines.at(line) === undefined || endColumn <= column) return undefined;
  return replace(line, { start: column, end: endColumn }, word);
}

/** The values that an option takes, where the message lists them. */
export function choiceFixes({ line, column, endColumn, message }: Problem): Fix[] {
  const list = /^`[^`]*` is not a value of `[^`]*`: it is one of (.*)\.$/.exec(message)?.[1];
  if (list === undefined || endColumn <= column) return [];
  return Array.from(list.matchAll(/`([^`]+)`/g), ([, word]) => replace(line, { start: column, end: endColumn }, word));
}

/** The heap or pool with the most similar name. */
export function unknownRegionFixes({ line, message }: Problem, program: Program): Fix[] {
  const name = /^There is no heap, pool or slab cache `([^`]+)`/.exec(message)?.[1];
  const value = statementAt(program, line)?.options["from"]?.value;
  if (name === undefined || value?.kind !== "word" || value.word !== name) return [];
  const regions = [...symbolsOf(program).values()].filter(({ kind }) => kind === "region");
  const word = nearest(
    name,
    regions.map((region) => region.name),
  );
  return word === undefined ? [] : [replace(line, value.span, word)];
}

/** What was found in place of what was expected; the mistake that did not happen is expected no longer. */
export function expectationFixes({ line, message }: Problem, program: Program): Fix[] {
  if (message.endsWith("but it raised no problem.")) return [deleteLine(line)];
  const condition = statementAt(program, line)?.operands["condition"];
  const expression = condition?.kind === "expression" ? condition.expression : undefined;
  if (expression?.kind !== "binary" || !["==", "<=", ">="].includes(expression.operator)) return [];
  const { left, right } = expression;
  const source = program.lines[line].slice(left.span.start, left.span.end);
  const prefix = `, but ${source} is `;
  const from = message.lastIndexOf(prefix);
  const found = from === -1 ? undefined : /^-?\d+(?=[.,]?(?:$| ))/.exec(message.slice(from + prefix.length))?.[0];
  return found === undefined ? [] : [replace(line, right.span, found)];
}

/** A `repeat` without `end` gets one behind the last line; an `end` without `repeat` goes. */
export function loopFixes({ line, message }: Problem, program: Program): Fix[] {
  if (message.startsWith("This `end` closes nothing")) return [deleteLine(line)];
  if (!message.startsWith("This `repeat` has no `end`")) return [];
  const last = program.lines.at(-1) === "" ? program.lines.length - 1 : program.lines.length;
  const indentation = /^\s*/.exec(program.lines[line] ?? "")![0];
  const newText = `${indentation}end`;
  return [{ ...insertBefore(program, last, "end"), edits: [{ kind: "insert-line", line: last, newText }] }];
}
