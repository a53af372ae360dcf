import { Cursor, type Failure } from "./cursor";
import { readNumber } from "./numbers";
import { scanLine } from "./scanner";
import type { BinaryOperator, Expression, NameExpression } from "./syntax";

const maximumDepth = 100;
const maximumOperators = 1000;

/** Binary operators from the loosest to the tightest. */
const levels: readonly ReadonlySet<string>[] = [
  new Set(["||"]),
  new Set(["&&"]),
  new Set(["==", "!=", "<", "<=", ">", ">="]),
  new Set(["+", "-"]),
  new Set(["*", "/", "%"]),
];
const comparisonLevel = 2;
const sumLevel = 3;

export type ExpressionResult =
  { readonly kind: "expression"; readonly expression: Expression } | ({ readonly kind: "failure" } & Failure);

/** Parses a whole text as one expression or condition: watches, hovers, conditions of breakpoints. */
export function parseExpression(text: string): ExpressionResult {
  const { tokens } = scanLine(text);
  const cursor = new Cursor(text, tokens);
  const bad = tokens.find((token) => token.kind === "bad");
  if (bad !== undefined) cursor.fail(bad.problem ?? { kind: "no-statement" }, bad);
  else if (cursor.atEnd) cursor.fail({ kind: "no-expression" });
  const expression = cursor.failure === null ? condition(cursor) : null;
  if (expression !== null && !cursor.atEnd) cursor.fail({ kind: "expression-end", found: cursor.found });
  if (cursor.failure !== null) return { kind: "failure", ...cursor.failure };
  return { kind: "expression", expression: expression! };
}

/** An expression in which comparisons, `&&`, `||` and `!` may stand. */
export function condition(cursor: Cursor): Expression | null {
  return binary(cursor, 0, false);
}

/**
 * A sum, the form of all operands. With `isSplitting` more operands follow, separated only by spaces: there
 * `write a -1` has two operands and `write a - 1 2` has `a - 1` and `2`.
 */
export function sum(cursor: Cursor, isSplitting: boolean): Expression | null {
  return binary(cursor, sumLevel, isSplitting);
}

function binary(cursor: Cursor, level: number, isSplitting: boolean): Expression | null {
  const operators = levels.at(level);
  if (operators === undefined) return unary(cursor, isSplitting);
  let left = binary(cursor, level + 1, isSplitting);
  for (let rounds = 0; left !== null; rounds += 1) {
    const token = cursor.token;
    if (token?.kind !== "sign" || !operators.has(token.text)) return left;
    if (isSplitting && token.text === "-" && (isSign(cursor) || isAlone(cursor))) return left;
    if (level === comparisonLevel && rounds > 0) {
      return cursor.fail({ kind: "comparisons" }, token);
    }
    cursor.operators += 1;
    if (cursor.operators > maximumOperators) {
      return cursor.fail({ kind: "operators", most: maximumOperators }, token);
    }
    cursor.index += 1;
    const right = binary(cursor, level + 1, isSplitting);
    if (right === null) return null;
    const span = { start: left.span.start, end: right.span.end };
    left = { kind: "binary", operator: token.text as BinaryOperator, left, right, span };
  }
  return left;
}

/** ` -1`: a `-` with a space before it and none after it begins the next operand. */
const isSign = (cursor: Cursor): boolean => cursor.isSpaced && cursor.isNextAdjacent;

/** A `-` at the end of the line or before an option has no right side: it stands for flags of which none is set. */
function isAlone(cursor: Cursor): boolean {
  return cursor.isSpaced && (cursor.next === undefined || cursor.isOptionAt(cursor.index + 1));
}

function unary(cursor: Cursor, isSplitting: boolean): Expression | null {
  const token = cursor.token;
  if (token?.kind !== "sign" || (token.text !== "-" && token.text !== "!")) return primary(cursor);
  if (!enter(cursor)) return null;
  cursor.index += 1;
  const operand = unary(cursor, isSplitting);
  cursor.depth -= 1;
  if (operand === null) return null;
  return { kind: "unary", operator: token.text, operand, span: { start: token.start, end: operand.span.end } };
}

function enter(cursor: Cursor): boolean {
  cursor.depth += 1;
  if (cursor.depth <= maximumDepth) return true;
  cursor.fail({ kind: "depth", most: maximumDepth });
  return false;
}

function primary(cursor: Cursor): Expression | null {
  const token = cursor.token;
  if (token?.kind === "number") {
    cursor.index += 1;
    const reading = readNumber(token.text);
    if ("problem" in reading) return cursor.refuse(reading.problem, token);
    return { kind: "number", value: reading.value, span: { start: token.start, end: token.end } };
  }
  if (token?.kind === "name") return namedValue(cursor, token.text);
  if (cursor.isSign("(")) {
    if (!enter(cursor)) return null;
    const open = cursor.here;
    cursor.index += 1;
    const inner = condition(cursor);
    cursor.depth -= 1;
    if (inner === null) return null;
    if (!cursor.isSign(")"))
      return cursor.fail({ kind: "unclosed", sign: ")", found: cursor.found }, cursor.atEnd ? open : cursor.here);
    const span = { start: open.start, end: cursor.here.end };
    cursor.index += 1;
    // Parentheses belong to the span of what they group, but not to a name: editors rename exactly that span.
    return inner.kind === "binary" || inner.kind === "unary" ? { ...inner, span } : inner;
  }
  if (token?.kind === "string") return cursor.refuse({ kind: "text-as-value" }, token);
  return cursor.fail({ kind: "value", found: cursor.found });
}

function namedValue(cursor: Cursor, text: string): Expression | null {
  if (text === "sizeof") return sizeOf(cursor);
  return text === "exists" ? exists(cursor) : nameOrMember(cursor);
}

function exists(cursor: Cursor): Expression | null {
  const start = cursor.here.start;
  cursor.index += 1;
  if (!cursor.isSign("(")) return cursor.fail({ kind: "parentheses", name: "exists", example: "nodes" });
  cursor.index += 1;
  const token = cursor.token;
  if (token?.kind !== "name") {
    return cursor.fail({ kind: "exists-name", found: cursor.found });
  }
  cursor.index += 1;
  if (!cursor.isSign(")")) return cursor.fail({ kind: "unclosed", sign: ")", found: cursor.found });
  const span = { start, end: cursor.here.end };
  cursor.index += 1;
  return { kind: "exists", region: token.text, regionSpan: { start: token.start, end: token.end }, span };
}

function sizeOf(cursor: Cursor): Expression | null {
  const start = cursor.here.start;
  cursor.index += 1;
  if (!cursor.isSign("(")) return cursor.fail({ kind: "parentheses", name: "sizeof", example: "a" });
  cursor.index += 1;
  if (cursor.token?.kind !== "name") return cursor.fail({ kind: "sizeof-handle", found: cursor.found });
  const handle = name(cursor);
  if (handle === null) return null;
  if (!cursor.isSign(")")) return cursor.fail({ kind: "unclosed", sign: ")", found: cursor.found });
  const span = { start, end: cursor.here.end };
  cursor.index += 1;
  return { kind: "sizeof", handle, span };
}

function nameOrMember(cursor: Cursor): Expression | null {
  const object = cursor.token!;
  const dot = cursor.next;
  if (dot?.text !== "." || !cursor.isNextAdjacent) return name(cursor);
  cursor.index += 2;
  const property = cursor.token;
  if (property?.kind !== "name") {
    return cursor.fail({ kind: "no-statistic", object: object.text });
  }
  cursor.index += 1;
  const span = { start: object.start, end: property.end };
  return { kind: "member", object: object.text, property: property.text, span };
}

/** A name with its index, when `[` follows without a space. The current token must be a name. */
export function name(cursor: Cursor): NameExpression | null {
  const token = cursor.token!;
  const isIndexed = cursor.next?.text === "[" && cursor.isNextAdjacent;
  cursor.index += 1;
  if (!isIndexed) return { kind: "name", name: token.text, index: null, span: { start: token.start, end: token.end } };
  const open = cursor.here;
  cursor.index += 1;
  if (!enter(cursor)) return null;
  const index = binary(cursor, sumLevel, false);
  cursor.depth -= 1;
  if (index === null) return null;
  if (!cursor.isSign("]"))
    return cursor.fail({ kind: "unclosed", sign: "]", found: cursor.found }, cursor.atEnd ? open : cursor.here);
  const span = { start: token.start, end: cursor.here.end };
  cursor.index += 1;
  return { kind: "name", name: token.text, index, span };
}
