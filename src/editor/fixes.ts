import type { Expression, Instruction, Program, Statement } from "../language/syntax";
import type { Problem } from "../machine/records";
import { namesIn } from "./names";

/** A change of the text; `endColumn` null replaces nothing and `newText` then is one or more whole lines before `line`. */
export type TextEdit =
  | { readonly kind: "insert-line"; readonly line: number; readonly newText: string }
  | { readonly kind: "delete-line"; readonly line: number }
  | {
      readonly kind: "replace";
      readonly line: number;
      readonly column: number;
      readonly endColumn: number;
      readonly newText: string;
    };

export type Fix =
  | { readonly kind: "insert-free"; readonly handle: string; readonly edit: TextEdit }
  | { readonly kind: "delete-free"; readonly edit: TextEdit }
  | { readonly kind: "free-instead"; readonly edit: TextEdit }
  | { readonly kind: "replace-word"; readonly word: string; readonly edit: TextEdit };

/** The changes that would mend a problem, best first; often none. */
export function fixesOf(problem: Problem, program: Program): Fix[] {
  const suggestion = replaceBySuggestion(problem, program);
  if (suggestion !== undefined) return [suggestion];
  switch (problem.id as string) {
    case "leak": {
      const fix = insertFree(problem, program);
      return fix === undefined ? [] : [fix];
    }
    case "double-free": {
      const line = program.lines.at(problem.line);
      if (line === undefined || !/^\s*free\b/.test(line)) return [];
      return [{ kind: "delete-free", edit: { kind: "delete-line", line: problem.line } }];
    }
    case "invalid-size":
      return freeInstead(problem, program);
    case "misaligned":
      return powerOfTwo(problem, program);
    default:
      return [];
  }
}

/** `h = realloc h 0` becomes `free h`, which says what is meant. */
function freeInstead({ line, message }: Problem, program: Program): Fix[] {
  const statement = statementOn(program, line);
  const block = statement?.verb === "realloc" ? statement.operands["block"] : undefined;
  if (statement === undefined || block === undefined || !message.includes(" to 0 bytes")) return [];
  const newText = `free ${program.lines[line].slice(block.span.start, block.span.end)}`;
  const { start, end } = statement.span;
  return [{ kind: "free-instead", edit: { kind: "replace", line, column: start, endColumn: end, newText } }];
}

/** The nearest power of two in place of an `align=` that is none; of two equally near the larger one. */
function powerOfTwo({ line, message }: Problem, program: Program): Fix[] {
  const value = statementOn(program, line)?.options["align"]?.value;
  const given = Number(/alignment (\d+) is not a power of two/.exec(message)?.[1]);
  if (value === undefined || !(given >= 1)) return [];
  const below = 2 ** Math.floor(Math.log2(given));
  const word = String(given - below < 2 * below - given ? below : 2 * below);
  const { start, end } = value.span;
  return [
    { kind: "replace-word", word, edit: { kind: "replace", line, column: start, endColumn: end, newText: word } },
  ];
}

function statementOn(program: Program, line: number): Statement | undefined {
  return program.instructions.find(({ statement }) => statement.line === line)?.statement;
}

/** Problems say "Did you mean `word`?" where a known name is near; the mistyped one is what they underline. */
function replaceBySuggestion(problem: Problem, program: Program): Fix | undefined {
  const word = /Did you mean `([^`]+)`\?/.exec(problem.message)?.[1];
  if (word === undefined || program.lines.at(problem.line) === undefined) return undefined;
  const { line, column, endColumn } = problem;
  if (endColumn <= column) return undefined;
  return { kind: "replace-word", word, edit: { kind: "replace", line, column, endColumn, newText: word } };
}

/**
 * Where `free h` belongs: before the line that overwrites the handle, or after the handle's last use; inside the loop
 * that allocates, when it is used no further down.
 */
function insertFree(problem: Problem, program: Program): Fix | undefined {
  const statements = allStatements(program);
  const allocation = statements.find((statement) => statement.line === problem.line);
  const target = allocation?.target;
  if (allocation === undefined || target === null || target === undefined) return undefined;
  const handle = textOf(program, allocation.line, target);
  const loop = loopAround(program, allocation.line);
  const body = statements.filter(
    (statement) => allocation.line < statement.line && (loop === undefined || statement.line < loop.end),
  );
  const overwriting = body.find(
    (statement) =>
      statement.target !== null &&
      textOf(program, statement.line, statement.target) === handle &&
      problem.related.some((related) => related.line === statement.line) &&
      // `h = realloc h` consumes the old block, freeing it first would be a mistake of its own.
      !mentions(statement, target.name),
  );
  if (overwriting !== undefined) return insertion(program, overwriting.line, overwriting.line, handle);
  const uses = body.filter((statement) => mentions(statement, target.name));
  const lastUse = uses.at(-1) ?? allocation;
  // A use inside a deeper loop runs many times; the block must outlive that loop.
  const deeper = loopsAround(program, lastUse.line).find((candidate) => allocation.line < candidate.start);
  const loopVariable = deeper !== undefined && target.index !== null && target.index.kind === "name";
  if (deeper !== undefined && !loopVariable) return insertion(program, deeper.end + 1, allocation.line, handle);
  const written = deeper === undefined ? handle : (mentionText(program, lastUse, target.name) ?? handle);
  return insertion(program, lastUse.line + 1, lastUse.line, written);
}

function insertion(program: Program, line: number, likeLine: number, handle: string): Fix {
  const indentation = /^\s*/.exec(program.lines[likeLine] ?? "")![0];
  return { kind: "insert-free", handle, edit: { kind: "insert-line", line, newText: `${indentation}free ${handle}` } };
}

interface Loop {
  readonly start: number;
  readonly end: number;
}

/** Loops that contain the line, outermost first. Unclosed loops are none. */
function loopsAround(program: Program, line: number): Loop[] {
  const open: number[] = [];
  const loops: Loop[] = [];
  for (const instruction of program.instructions) {
    if (instruction.kind === "repeat") open.push(instruction.statement.line);
    if (instruction.kind !== "end") continue;
    const start = open.pop();
    const end = instruction.statement.line;
    if (start !== undefined && start < line && line < end) loops.push({ start, end });
  }
  return loops.reverse();
}

function loopAround(program: Program, line: number): Loop | undefined {
  return loopsAround(program, line).at(-1);
}

function allStatements(program: Program): Statement[] {
  const statements = program.instructions
    .filter(
      (instruction): instruction is Extract<Instruction, { kind: "statement" }> => instruction.kind === "statement",
    )
    .map((instruction) => instruction.statement);
  return statements.sort((left, right) => left.line - right.line);
}

function textOf(program: Program, line: number, expression: Expression): string {
  return program.lines[line].slice(expression.span.start, expression.span.end);
}

/** Whether a statement's operands or options read the handle (an indexed one by its base name). */
function mentions(statement: Statement, name: string): boolean {
  return namesIn(statement).some((expression) => expression.name === name);
}

function mentionText(program: Program, statement: Statement, name: string): string | undefined {
  const mention = namesIn(statement).find((expression) => expression.name === name);
  return mention === undefined ? undefined : textOf(program, statement.line, mention);
}
