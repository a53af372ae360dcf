import type { Cursor } from "./cursor";
import { condition, name, sum } from "./expressions";
import { quote } from "./scanner";
import { readString } from "./strings";
import { didYouMean } from "./suggest";
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
    return cursor.fail(`\`${description.name}\` is one of ${list(choices)}.`, expression.span, "bad-operand");
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
  if (cursor.token?.kind !== "name") return cursor.fail(`A handle is expected instead of ${cursor.found}.`);
  const expression = name(cursor);
  return expression === null ? null : { kind: "expression", expression, span: expression.span };
}

function parseString(cursor: Cursor): Operand | null {
  const token = cursor.token;
  if (token?.kind !== "string") return cursor.fail(`A text in double quotes is expected instead of ${cursor.found}.`);
  const reading = readString(token.text);
  if ("message" in reading) {
    const span = { start: token.start + reading.span.start, end: token.start + reading.span.end };
    return cursor.fail(reading.message, span, "bad-operand");
  }
  cursor.index += 1;
  return { kind: "string", ...reading, span: { start: token.start, end: token.end } };
}

function parseName(cursor: Cursor, description: ValueDescription): Operand | null {
  const token = cursor.token;
  if (token?.kind !== "name") {
    return cursor.fail(
      `A name for \`${description.name}\` is expected instead of ${cursor.found}.`,
      cursor.here,
      "bad-operand",
    );
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
  const suggestion = didYouMean(word, choices);
  // A long list is no help in a message; the suggestion and the completion are.
  const known = choices.length <= 12 ? `: it is one of ${list(choices)}` : "";
  const message =
    description.type === "problem"
      ? `${quote(word)} is not the id of a problem.${suggestion}`
      : `${quote(word)} is not a value of \`${description.name}\`${known}.${suggestion}`;
  return cursor.fail(message, span, "bad-operand");
}

function parseFlags(cursor: Cursor, letters: string): Operand | null {
  const { word, ...span } = takeWord(cursor);
  const isEmpty = word === "none";
  const seen = new Set<string>();
  for (const letter of isEmpty ? "" : word) {
    if (letter === "-") continue;
    if (!letters.includes(letter)) {
      return cursor.fail(
        `${quote(word)} are not flags: write some of the letters \`${letters}\`, or \`none\`.`,
        span,
        "bad-operand",
      );
    }
    if (seen.has(letter)) return cursor.fail(`The flag \`${letter}\` appears twice.`, span, "bad-operand");
    seen.add(letter);
  }
  return { kind: "word", word, span };
}

const list = (choices: readonly string[]): string => choices.map((choice) => `\`${choice}\``).join(", ");
