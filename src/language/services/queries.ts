import { readNumber } from "../parsing/numbers";
import { scanLine, type Token } from "../parsing/scanner";
import type { Operand, Program, Span, Statement } from "../parsing/syntax";
import { statementAt } from "../parsing/statementsByLine";
import { namesOf } from "./statementNames";
import { symbolsOf } from "./symbols";
import { writtenVerb } from "../vocabulary/vocabulary";

export type SourceTokenKind =
  | "verb"
  | "handle"
  | "variable"
  | "region"
  | "process"
  /** A region of a process, a guard or a segment. */
  | "area"
  /** A name that nothing in the script binds: a statistic such as `used`, or a mistake. */
  | "name"
  | "option"
  /** A choice, flags, an id of a problem, or a word of the syntax such as `as`. */
  | "word"
  | "number"
  | "string"
  | "operator"
  | "comment";

export interface SourceToken {
  readonly kind: SourceTokenKind;
  readonly span: Span;
  readonly text: string;
  /** Of numbers. */
  readonly value: number | null;
  /** The statement that the token belongs to; null on lines with a syntax problem. */
  readonly statement: Statement | null;
}

/** What stands at a position; a position just behind a token still counts as on it, as a text cursor does. */
export function tokenAt(program: Program, line: number, column: number): SourceToken | undefined {
  const tokens = tokensOfLine(program, line);
  return (
    tokens.find((token) => column >= token.span.start && column < token.span.end) ??
    tokens.find((token) => column === token.span.end)
  );
}

/** All tokens of a line with what they mean there; lines that do not parse are classified by their look. */
export function tokensOfLine(program: Program, line: number): SourceToken[] {
  const text = program.lines[line] ?? "";
  const statement = statementAt(program, line) ?? null;
  const { tokens, comment } = scanLine(text);
  const roles = statement === null ? new Map<number, Role>() : rolesOf(program, statement);
  const result: SourceToken[] = [];
  let covered = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.start < covered) continue;
    const role = roles.get(token.start);
    const end = role?.end ?? token.end;
    covered = end;
    const isProperty = tokens.slice(0, index).at(-1)?.text === "." && token.kind === "name";
    const kind = role?.kind ?? (isProperty ? "name" : plainKind(program, token, index));
    result.push({
      kind,
      span: { start: token.start, end },
      text: text.slice(token.start, end),
      value: kind === "number" ? valueOf(token.text) : null,
      statement,
    });
  }
  if (comment !== null) {
    result.push({ kind: "comment", span: comment, text: text.slice(comment.start), value: null, statement });
  }
  return result;
}

interface Role {
  readonly kind: SourceTokenKind;
  readonly end: number;
}

function rolesOf(program: Program, statement: Statement): Map<number, Role> {
  const roles = new Map<number, Role>();
  const symbols = symbolsOf(program);
  const addWord = (operand: Operand): void => {
    if (operand.kind === "word") roles.set(operand.span.start, { kind: "word", end: operand.span.end });
  };
  Object.values(statement.operands).forEach(addWord);
  for (const option of Object.values(statement.options)) {
    roles.set(option.nameSpan.start, { kind: "option", end: option.nameSpan.end });
    addWord(option.value);
  }
  for (const { name, span, kind } of namesOf(statement)) {
    roles.set(span.start, { kind: kind ?? symbols.get(name)?.kind ?? "name", end: span.end });
  }
  if (writtenVerb(statement.verb) !== undefined) {
    roles.set(statement.verbSpan.start, { kind: "verb", end: statement.verbSpan.end });
  }
  return roles;
}

function plainKind(program: Program, token: Token, index: number): SourceTokenKind {
  if (token.kind === "number" || token.kind === "string") return token.kind;
  if (token.kind !== "name") return "operator";
  if (index === 0 && writtenVerb(token.text) !== undefined) return "verb";
  return symbolsOf(program).get(token.text)?.kind ?? "word";
}

function valueOf(text: string): number | null {
  const reading = readNumber(text);
  return "value" in reading ? reading.value : null;
}
