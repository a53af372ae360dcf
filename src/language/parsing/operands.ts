import type { Cursor } from "./cursor";
import { condition, name, sum } from "./expressions";
import { readString } from "./strings";
import { nearest } from "./suggest";
import type { Operand } from "./syntax";
import type { OperandType } from "../vocabulary/vocabularyTypes";

/** What operands and options have in common. */
export interface ValueDescription {
  readonly name: string;
  readonly type: OperandType;
  readonly choices?: readonly string[];
  readonly letters?: string;
}

/** Parses one value of the described type. `isSplitting`: more operands or options may follow it on the line. */
export function parseValue(cursor: Cursor, description: ValueDescription, isSplitting: boolean): Operand | null {
  switch (description.type) {
    case "size":
    case "count":
    case "address":
    case "value":
    case "place":
      return parseSum(cursor, description, isSplitting);
    case "text-or-value":
      return cursor.token?.kind === "string" ? parseString(cursor) : parseSum(cursor, description, isSplitting);
    case "string":
      return parseString(cursor);
    case "range":
      return parseRange(cursor, isSplitting);
    case "handle":
      return parseHandle(cursor);
    case "condition": {
      const expression = condition(cursor);
      return expression === null ? null : { kind: "expression", expression, span: expression.span };
    }
    case "name":
      return parseName(cursor, description);
    case "flags":
      return parseFlags(cursor, description.letters ?? "");
    case "choice":
    case "problem":
      return parseChoice(cursor, description);
  }
}

function parseSum(cursor: Cursor, description: ValueDescription, isSplitting: boolean): Operand | null {
  const start = cursor.here;
  const expression = sum(cursor, isSplitting);
  if (expression === null) return null;
  const { choices } = description;
  if (choices !== undefined && expression.kind === "number" && !choices.includes(String(expression.value))) {
    return cursor.refuse({ kind: "number-choice", name: description.name, choices }, expression.span);
  }
  return { kind: "expression", expression, span: { start: start.start, end: cursor.previous!.end } };
}

function parseRange(cursor: Cursor, isSplitting: boolean): Operand | null {
  const { start } = cursor.here;
  const from = sum(cursor, isSplitting);
  if (from === null) return null;
  if (!cursor.isSign("..")) return { kind: "expression", expression: from, span: { start, end: cursor.previous!.end } };
  cursor.index += 1;
  const to = sum(cursor, isSplitting);
  return to === null ? null : { kind: "range", from, to, span: { start, end: cursor.previous!.end } };
}

function parseHandle(cursor: Cursor): Operand | null {
  if (cursor.token?.kind !== "name") return cursor.fail({ kind: "handle", found: cursor.found });
  const expression = name(cursor);
  return expression === null ? null : { kind: "expression", expression, span: expression.span };
}

function parseString(cursor: Cursor): Operand | null {
  const token = cursor.token;
  if (token?.kind !== "string") return cursor.fail({ kind: "text", found: cursor.found });
  const reading = readString(token.text);
  if ("problem" in reading) {
    const span = { start: token.start + reading.span.start, end: token.start + reading.span.end };
    return cursor.refuse(reading.problem, span);
  }
  cursor.index += 1;
  return { kind: "string", ...reading, span: { start: token.start, end: token.end } };
}

function parseName(cursor: Cursor, description: ValueDescription): Operand | null {
  const token = cursor.token;
  if (token?.kind !== "name") {
    return cursor.refuse({ kind: "name", name: description.name, found: cursor.found }, cursor.here);
  }
  cursor.index += 1;
  return { kind: "word", word: token.text, span: { start: token.start, end: token.end } };
}

/** Takes a run of adjacent names, numbers and `-` as one word. */
function takeWord(cursor: Cursor): { readonly word: string; readonly start: number; readonly end: number } {
  const { start, end: firstEnd } = cursor.here;
  const endIndex = cursor.wordEnd();
  const end = cursor.tokens[endIndex - 1]?.end ?? firstEnd;
  if (endIndex === cursor.index) return { word: cursor.text.slice(start, firstEnd), start, end: firstEnd };
  cursor.index = endIndex;
  return { word: cursor.text.slice(start, end), start, end };
}

function parseChoice(cursor: Cursor, description: ValueDescription): Operand | null {
  const choices = description.choices ?? [];
  const { word, ...span } = takeWord(cursor);
  if (choices.includes(word)) return { kind: "word", word, span };
  const suggestion = nearest(word, choices) ?? null;
  return cursor.refuse(
    description.type === "problem"
      ? { kind: "problem-id", word, suggestion }
      : { kind: "word-choice", word, name: description.name, choices, suggestion },
    span,
  );
}

function parseFlags(cursor: Cursor, letters: string): Operand | null {
  const { word, ...span } = takeWord(cursor);
  const isEmpty = word === "none";
  const seen = new Set<string>();
  for (const letter of isEmpty ? "" : word) {
    if (letter === "-") continue;
    if (!letters.includes(letter)) {
      return cursor.refuse({ kind: "flags", word, letters }, span);
    }
    if (seen.has(letter)) return cursor.refuse({ kind: "flag-twice", letter }, span);
    seen.add(letter);
  }
  return { kind: "word", word, span };
}
