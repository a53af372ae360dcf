import { placedStatements, statementAt } from "../../language/placed";
import type { Expression, PlacedStatement, Program, Statement } from "../../language/syntax";
import type { Problem } from "../../machine/records";
import { namesIn } from "../names";
import {
  deleteLine,
  indentationOf,
  insertBefore,
  loopsAround,
  operandOn,
  replace,
  sourceText,
  type Fix,
  type Loop,
} from "./edits";

/** `h = realloc h 0` becomes `free h`, which says what is meant. */
export function freeInstead({ line, message }: Problem, program: Program): Fix[] {
  const statement = statementAt(program, line);
  const block = statement?.verb === "realloc" ? statement.operands["block"] : undefined;
  if (statement === undefined || block === undefined || !message.includes(" to 0 bytes")) return [];
  const text = `free ${sourceText(program, line, block.span)}`;
  return [{ ...replace(line, statement.span, text), kind: "free-instead" }];
}

/**
 * Where `free h` belongs: before the line that overwrites the handle, or after the handle's last use; inside the loop
 * that allocates, when it is used no further down.
 */
export function insertFree(problem: Problem, program: Program): Fix | undefined {
  const statements = allSteps(program);
  const allocation = statements.find(({ line }) => line === problem.line);
  const target = allocation?.statement.target;
  if (allocation === undefined || target === null || target === undefined) return undefined;
  const handle = textOf(program, allocation.line, target);
  const loop = loopAround(program, allocation.line);
  const body = statements.filter(({ line }) => allocation.line < line && (loop === undefined || line < loop.end));
  const overwriting = body.find(
    ({ line, statement }) =>
      statement.target !== null &&
      textOf(program, line, statement.target) === handle &&
      problem.related.some((related) => related.line === line) &&
      // `h = realloc h` consumes the old block, freeing it first would be a mistake of its own.
      !mentions(statement, target.name),
  );
  if (overwriting !== undefined) return insertion(program, overwriting.line, overwriting.line, handle);
  const uses = body.filter(({ statement }) => mentions(statement, target.name));
  const lastUse = uses.at(-1) ?? allocation;
  // A use inside a deeper loop runs many times; the block must outlive that loop.
  const deeper = loopsAround(program, lastUse.line).find((candidate) => allocation.line < candidate.start);
  const loopVariable = deeper !== undefined && target.index !== null && target.index.kind === "name";
  if (deeper !== undefined && !loopVariable) return insertion(program, deeper.end + 1, allocation.line, handle);
  const written = deeper === undefined ? handle : (mentionText(program, lastUse, target.name) ?? handle);
  return insertion(program, lastUse.line + 1, lastUse.line, written);
}

function insertion(program: Program, line: number, likeLine: number, handle: string): Fix {
  const newText = `${indentationOf(program, likeLine)}free ${handle}`;
  return { kind: "insert-free", word: handle, line, edits: [{ kind: "insert-line", line, newText }] };
}

function loopAround(program: Program, line: number): Loop | undefined {
  return loopsAround(program, line).at(-1);
}

/** All that execute as steps. */
function allSteps(program: Program): PlacedStatement[] {
  return placedStatements(program).filter(({ statement: { verb } }) => verb !== "repeat" && verb !== "end");
}

function textOf(program: Program, line: number, expression: Expression): string {
  return program.lines[line].slice(expression.span.start, expression.span.end);
}

/** Whether a statement's operands or options read the handle (an indexed one by its base name). */
function mentions(statement: Statement, name: string): boolean {
  return namesIn(statement).some((expression) => expression.name === name);
}

function mentionText(program: Program, { line, statement }: PlacedStatement, name: string): string | undefined {
  const mention = namesIn(statement).find((expression) => expression.name === name);
  return mention === undefined ? undefined : textOf(program, line, mention);
}

/** The second free of a block goes, when freeing is all that its line does. */
export function doubleFreeFixes({ line }: Problem, program: Program): Fix[] {
  return /^\s*free\b/.test(program.lines[line] ?? "") ? [deleteLine(line)] : [];
}

/** The free that came too early moves behind the last use, or goes when the block is freed again there. */
export function useAfterFreeFixes({ line, related }: Problem, program: Program): Fix[] {
  const freed = related.find(({ message }) => message.endsWith("was freed here."))?.line;
  const block = freed === undefined ? undefined : operandOn(program, freed, "block");
  if (freed === undefined || block === undefined || line <= freed) return [];
  const sameLoop = loopAround(program, freed)?.start === loopAround(program, line)?.start;
  if (statementAt(program, freed)?.verb !== "free" || !sameLoop) return [];
  const handle = sourceText(program, freed, block.span);
  const later = allSteps(program).filter((step) => freed < step.line);
  const rebound = later.find(
    ({ line: at, statement: { target } }) => target !== null && textOf(program, at, target) === handle,
  );
  const uses = later.filter(
    ({ line: at, statement }) =>
      at < (rebound?.line ?? Infinity) &&
      namesIn(statement).some((expression) => textOf(program, at, expression) === handle),
  );
  if (uses.some(({ statement }) => statement.verb === "free")) return [deleteLine(freed)];
  const last = Math.max(line, ...uses.map((use) => use.line));
  if (loopAround(program, last)?.start !== loopAround(program, freed)?.start) return [];
  const inserted = insertion(program, last + 1, last, handle);
  return [{ ...inserted, kind: "move-free", edits: [{ kind: "delete-line", line: freed }, ...inserted.edits] }];
}

/** The handle itself in place of a pointer into its block. */
export function interiorFreeFixes({ line, message }: Problem, program: Program): Fix[] {
  const handle = /^free of an interior pointer: .* inside the \d+-byte block `([^`]+)`/.exec(message)?.[1];
  const block = operandOn(program, line, "block");
  return handle === undefined || block === undefined ? [] : [replace(line, block.span, handle)];
}

/** Zeros from the allocation on. */
export function uninitializedFixes({ message, related }: Problem, program: Program): Fix[] {
  const match = /of the (\d+)-byte block `([^`]+)` allocated/.exec(message);
  const origin = related.at(0)?.line;
  if (match === null || origin === undefined) return [];
  const [, size, handle] = match;
  const text = `fill ${handle} ${size} 0`;
  const before = insertBefore(program, origin + 1, text);
  const newText = indentationOf(program, origin) + text;
  return [{ ...before, edits: [{ kind: "insert-line", line: origin + 1, newText }] }];
}
