import type { UnknownVerb } from "./syntaxProblems";
import { Cursor, type Failure } from "./cursor";
import { name } from "./expressions";
import { parseValue } from "./operands";
import { scanLine } from "./scanner";
import { placeholder } from "../services/signature";
import { nearest } from "./suggest";
import type { NameExpression, Operand, OptionNode, Span, Statement } from "./syntax";
import { describeOption, describeVerb, isReserved, writtenVerb, writtenVerbs } from "../vocabulary/vocabulary";
import type {
  OperandDescription,
  OptionDescription,
  PatternElement,
  VerbDescription,
} from "../vocabulary/vocabularyTypes";

/** Longest statement line, in UTF-16 code units; comments may be longer. */
export const maximumLineLength = 10_000;

export type LineResult =
  | { readonly kind: "empty" }
  | { readonly kind: "statement"; readonly statement: Statement }
  | {
      readonly kind: "problem";
      readonly failure: Failure;
      /** Set when the line's verb was recognised all the same. */
      readonly verb: string | null;
      /** What is right of a declaration: it runs without the options that are not. */
      readonly remains: Statement | null;
    };

/** What could come next where a line stops; filled by {@link probeLine} for completion and signature help. */
export interface Expectations {
  verb: VerbDescription | null;
  /** The pattern of `verb` that the expectations belong to. */
  pattern: number;
  readonly elements: PatternElement[];
  /** Options that may still be written. */
  readonly options: OptionDescription[];
  /** The option whose value comes next. */
  optionValue: OptionDescription | null;
  /** A verb or a handle may come: the line is empty. */
  isStart: boolean;
  /** A verb that binds or an expression may come: after `h =`. */
  isBinding: boolean;
}

/** Parses one line. Never throws, whatever the text. */
export function parseLine(text: string): LineResult {
  const tooLong = checkLength(text);
  if (tooLong !== null) return { kind: "problem", failure: tooLong, verb: null, remains: null };
  const { tokens } = scanLine(text);
  const [first] = tokens;
  if (first === undefined) return { kind: "empty" };
  const bad = tokens.find((token) => token.kind === "bad");
  if (bad !== undefined) {
    const facts = bad.problem ?? { kind: "no-statement" };
    const failure: Failure = { id: "syntax-error", span: { start: bad.start, end: bad.end }, facts };
    return { kind: "problem", failure, verb: first.text, remains: null };
  }
  const cursor = new Cursor(text, tokens);
  const statement = parseStatement(cursor, null);
  if (statement !== null && cursor.failure === null) return { kind: "statement", statement };
  const failure = cursor.failure ?? { id: "syntax-error", span: cursor.here, facts: { kind: "no-statement" } };
  return { kind: "problem", failure, verb: writtenVerb(first.text)?.verb ?? null, remains: statement };
}

/** Parses the text before a cursor position and tells what may come there. */
export function probeLine(text: string): Expectations {
  const expectations: Expectations = {
    verb: null,
    pattern: 0,
    elements: [],
    options: [],
    optionValue: null,
    isStart: false,
    isBinding: false,
  };
  const { tokens } = scanLine(text.slice(0, maximumLineLength));
  if (tokens.length === 0) expectations.isStart = true;
  else if (!tokens.some((token) => token.kind === "bad")) parseStatement(new Cursor(text, tokens), expectations);
  return expectations;
}

function checkLength(text: string): Failure | null {
  if (text.length <= maximumLineLength || text.trimStart().startsWith("#")) return null;
  return {
    id: "limit-exceeded",
    span: { start: 0, end: maximumLineLength },
    facts: { kind: "characters", count: text.length, most: maximumLineLength },
  };
}

function parseStatement(cursor: Cursor, expectations: Expectations | null): Statement | null {
  const first = cursor.token!;
  if (first.kind !== "name") {
    return cursor.fail({ kind: "start", text: first.text }, first);
  }
  const isIndexed = cursor.next?.text === "[" && cursor.isNextAdjacent;
  if (!isIndexed && cursor.next?.text !== "=") {
    const verb = writtenVerb(first.text);
    if (verb === undefined) return failUnknownVerb(cursor, null);
    cursor.index += 1;
    return parsePatterns(cursor, verb, first, null, expectations);
  }
  const target = name(cursor);
  if (target === null) return null;
  if (!cursor.isSign("=")) return cursor.fail({ kind: "no-assignment" });
  if (isReserved(target.name)) {
    return cursor.fail({ kind: "reserved", name: target.name }, target.span);
  }
  cursor.index += 1;
  return parseBinding(cursor, target, expectations);
}

function parseBinding(cursor: Cursor, target: NameExpression, expectations: Expectations | null): Statement | null {
  if (cursor.atEnd && expectations !== null) expectations.isBinding = true;
  if (cursor.atEnd) return cursor.fail({ kind: "nothing-bound" });
  const token = cursor.token!;
  const verb = token.kind === "name" ? writtenVerb(token.text) : undefined;
  if (verb === undefined) {
    const isWord = token.kind === "name" && cursor.next !== undefined && cursor.next.kind !== "sign";
    if (isWord) return failUnknownVerb(cursor, target);
    return parsePatterns(cursor, describeVerb("let")!, target.span, target, expectations);
  }
  if (verb.binds === "none") {
    return cursor.fail({ kind: "nothing-to-bind", verb: verb.verb, name: target.name }, target.span);
  }
  cursor.index += 1;
  return parsePatterns(cursor, verb, token, target, expectations);
}

function failUnknownVerb(cursor: Cursor, target: NameExpression | null): null {
  const token = cursor.token!;
  const fail = (facts: UnknownVerb): null => cursor.failAs({ id: "unknown-verb", facts }, token);
  if (token.text === "let") return fail({ kind: "let" });
  if (target === null && cursor.next?.text === "==") return fail({ kind: "comparison", name: token.text });
  const verbs = target === null ? writtenVerbs : writtenVerbs.filter((verb) => writtenVerb(verb)?.binds !== "none");
  return fail({ kind: "verb", word: token.text, suggestion: nearest(token.text, verbs) ?? null });
}

/**
 * Tries the verb's patterns in order; when none fits, the failure furthest to the right tells most. A declaration with
 * mistakes in its options is a statement without them, and a failure.
 */
function parsePatterns(
  cursor: Cursor,
  verb: VerbDescription,
  verbSpan: Span,
  target: NameExpression | null,
  expectations: Expectations | null,
): Statement | null {
  const start = cursor.index;
  let furthest: Failure | null = null;
  let remains: Statement | null = null;
  for (const [index, pattern] of verb.patterns.entries()) {
    const attempt = new Cursor(cursor.text, cursor.tokens, start);
    if (expectations !== null && expectations.verb === null) expectations.pattern = index;
    const parts = parseParts(attempt, verb, pattern, expectations);
    if (expectations !== null && (attempt.atEnd || index === 0)) {
      expectations.verb = verb;
      expectations.pattern = index;
    }
    const [first] = cursor.tokens;
    const last = cursor.tokens.at(-1);
    if (parts !== null && expectations === null && first !== undefined && last !== undefined) {
      const span = { start: first.start, end: last.end };
      const statement = {
        span,
        text: cursor.text.slice(span.start, span.end),
        verb: verb.verb,
        verbSpan: { start: verbSpan.start, end: verbSpan.end },
        target,
        ...parts,
      };
      if (attempt.failure === null) return statement;
      remains ??= statement;
    }
    if (attempt.failure !== null && (furthest === null || attempt.failure.span.start > furthest.span.start)) {
      furthest = attempt.failure;
    }
  }
  cursor.failure = furthest;
  return remains;
}

type Parts = Pick<Statement, "operands" | "options">;

function parseParts(
  cursor: Cursor,
  verb: VerbDescription,
  pattern: readonly PatternElement[],
  expectations: Expectations | null,
): Parts | null {
  const operands: Record<string, Operand> = {};
  let index = 0;
  for (let element = pattern[index]; element !== undefined; element = pattern[++index]) {
    if (cursor.atEnd) expectations?.elements.push(element);
    if (element.kind === "word") {
      if (cursor.token?.text === element.text) cursor.index += 1;
      // The operand of an absent optional word is absent too.
      else if (element.optional) index += 1;
      else return cursor.fail({ kind: "word", word: element.text, found: cursor.found, verb: verb.verb });
      // Behind its word the operand is no longer optional.
      const operand = pattern.at(index + 1);
      if (element.optional && cursor.previous?.text === element.text && cursor.atEnd && operand !== undefined) {
        expectations?.elements.push(operand);
        return cursor.fail({ kind: "no-name", word: element.text, verb: verb.verb });
      }
      continue;
    }
    if (isAbsent(cursor, element, pattern, index)) {
      if (element.optional) continue;
      return cursor.fail({ kind: "no-operand", verb: verb.verb, operand: placeholder(element) });
    }
    const value = parseValue(cursor, element, followsOperand(pattern, index));
    if (value === null) return null;
    operands[element.name] = value;
  }
  const options = parseOptions(cursor, verb, expectations);
  const isKept = cursor.failure === null || (verb.declares === true && expectations === null);
  return isKept ? { operands, options } : null;
}

function followsOperand(pattern: readonly PatternElement[], index: number): boolean {
  return pattern.some(({ kind }, later) => later > index && kind === "operand");
}

function isAbsent(
  cursor: Cursor,
  element: OperandDescription,
  pattern: readonly PatternElement[],
  index: number,
): boolean {
  if (cursor.atEnd || cursor.isOption) return true;
  if (element.type !== "name" || !element.optional) return false;
  if (cursor.token?.kind !== "name") return !followsOperand(pattern, index) ? false : true;
  if (!followsOperand(pattern, index)) return false;
  // `heap main 1MiB` has a name, `heap count * 2` has none: a name is followed by the start of another operand.
  const next = cursor.next;
  if (next === undefined) return true;
  if (next.kind !== "sign") return false;
  const isSpaced = next.start > cursor.token.end;
  if (next.text === "(") return !isSpaced;
  const isTight = cursor.tokens[cursor.index + 2]?.start === next.end;
  return !(next.text === "-" && isSpaced && isTight);
}

/** The options up to the end of the line; behind a mistake those that follow it. */
function parseOptions(
  cursor: Cursor,
  verb: VerbDescription,
  expectations: Expectations | null,
): Record<string, OptionNode> {
  const options: Record<string, OptionNode> = {};
  while (!cursor.atEnd) {
    const node = parseOption(cursor, verb, options, expectations);
    if (node === null) cursor.skipToOption();
    else options[node.name] = node;
  }
  if (expectations !== null && cursor.failure === null) {
    for (const option of verb.options) {
      if (!Object.hasOwn(options, option.name) && !expectations.options.includes(option))
        expectations.options.push(option);
    }
  }
  return options;
}

function parseOption(
  cursor: Cursor,
  verb: VerbDescription,
  before: Readonly<Record<string, OptionNode>>,
  expectations: Expectations | null,
): OptionNode | null {
  if (!cursor.isOption) {
    return cursor.fail({ kind: "unexpected", found: cursor.found, verb: verb.verb });
  }
  const start = cursor.here.start;
  const end = cursor.wordEnd();
  const nameSpan = { start, end: cursor.tokens[end - 1]?.end ?? start };
  const word = cursor.text.slice(nameSpan.start, nameSpan.end);
  const option = describeOption(verb, word);
  cursor.index = end + 1;
  if (option === undefined) return failUnknownOption(cursor, verb, word, nameSpan);
  if (Object.hasOwn(before, word)) return cursor.fail({ kind: "option-twice", option: word }, nameSpan);
  if (cursor.atEnd) {
    if (expectations !== null && cursor.failure === null) expectations.optionValue = option;
    return cursor.fail({ kind: "no-option-value", option: word }, nameSpan);
  }
  const value = parseValue(cursor, option, true);
  return value === null ? null : { name: word, nameSpan, value, span: { start, end: value.span.end } };
}

function failUnknownOption(cursor: Cursor, verb: VerbDescription, word: string, span: Span): null {
  const options = verb.options.map((option) => option.name);
  if (options.length === 0) return cursor.refuse({ kind: "no-options", verb: verb.verb }, span);
  const suggestion = nearest(word, options) ?? null;
  return cursor.refuse({ kind: "option", verb: verb.verb, word, options, suggestion }, span);
}
