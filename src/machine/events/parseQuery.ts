import { Cursor } from "../../language/parsing/cursor";
import { sum } from "../../language/parsing/expressions";
import { problemIds } from "../../language/vocabulary/problemIds";
import { quote, scanLine } from "../../language/parsing/scanner";
import { didYouMean } from "../../language/parsing/suggest";
import type { Expression } from "../../language/parsing/syntax";
import { waysToFree } from "../state/allocation";
import { constantOf } from "./constant";
import type { Extent } from "../../engine/events";
import { allMemoryEventKinds, memoryEventWords, type MemoryEventKind } from "./memoryEvents";
import type { NumberTest, Query, QueryFailure, QuerySubject } from "./query";

const kindsByWord = new Map<string, readonly MemoryEventKind[]>([
  ...allMemoryEventKinds.map((kind) => [memoryEventWords[kind], [kind]] as const),
  ["accesses", ["read", "write"]],
  ["events", allMemoryEventKinds],
]);
/** The words that a query may begin with. */
export const queryWords: readonly string[] = [...kindsByWord.keys()];

const comparisons: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "==", "!="]);
const filterWords = new Set(["in", "line"]);

type Draft = { -readonly [Key in keyof Query]: Query[Key] };

/**
 * Reads `KIND [SUBJECT] [COMPARISON SIZE] {FILTER}`. Numbers, sizes, ranges and handles are the script language's own;
 * a mistake is data, with the columns it stands at.
 */
export function parseQuery(text: string): Query | QueryFailure {
  const { tokens, comment } = scanLine(text);
  const cursor = new Cursor(text, tokens);
  const bad = tokens.find(({ kind }) => kind === "bad");
  if (bad !== undefined) cursor.fail(bad.message ?? "", bad);
  else if (comment !== null) cursor.fail("A question has no comment.", comment);
  const query = cursor.failure === null ? question(cursor) : null;
  if (query !== null && cursor.failure === null) return query;
  const { span, message } = cursor.failure ?? { span: cursor.here, message: "" };
  return { kind: "failure", span, message };
}

function question(cursor: Cursor): Query | null {
  const word = cursor.token;
  const kinds = word?.kind === "name" ? kindsByWord.get(word.text) : undefined;
  if (word === undefined) return cursor.fail(`A question begins with what to look for: ${wordList()}.`);
  if (kinds === undefined) {
    const hint = didYouMean(word.text, queryWords);
    return cursor.fail(`${quote(word.text)} is nothing to look for: it is one of ${wordList()}.${hint}`);
  }
  cursor.index += 1;
  const draft: Draft = {
    kind: "query",
    text: cursor.text,
    kinds: new Set(kinds),
    subject: null,
    size: null,
    problem: null,
    region: null,
    process: null,
    by: null,
    steps: null,
    lines: null,
  };
  if (word.text === "problems") takeProblem(cursor, draft);
  if (cursor.failure === null && startsSubject(cursor)) draft.subject = subject(cursor);
  while (cursor.failure === null && !cursor.atEnd) clause(cursor, draft);
  return cursor.failure === null ? draft : null;
}

const wordList = (): string => queryWords.map((word) => `\`${word}\``).join(", ");

/** The id of a problem, when the next word is one; a word that is nearly one is a mistake. */
function takeProblem(cursor: Cursor, draft: Draft): void {
  const end = cursor.wordEnd();
  const last = cursor.tokens.at(end - 1);
  if (cursor.token?.kind !== "name" || last === undefined) return;
  const span = { start: cursor.token.start, end: last.end };
  const id = cursor.text.slice(span.start, span.end);
  const hint = didYouMean(id, problemIds);
  if (problemIds.includes(id)) {
    draft.problem = id;
    cursor.index = end;
  } else if (hint !== "" && id.includes("-")) cursor.fail(`${quote(id)} is not the id of a problem.${hint}`, span);
}

function startsSubject(cursor: Cursor): boolean {
  const { token } = cursor;
  if (token === undefined || cursor.isOption) return false;
  if (token.kind === "sign") return token.text === "(" || token.text === "-";
  return token.kind !== "name" || !filterWords.has(token.text);
}

function subject(cursor: Cursor): QuerySubject | null {
  const word = cursor.token?.text;
  if (word === "vpn" || word === "frame") {
    cursor.index += 1;
    const range = expressionRange(cursor, word === "vpn" ? "a page number" : "a frame number");
    return range === null ? null : { kind: word === "vpn" ? "page" : "frame", ...range };
  }
  const range = expressionRange(cursor, "an address or a handle");
  if (range === null) return null;
  const { from, to } = range;
  return to === null ? { kind: "pointer", expression: from } : { kind: "range", from, to };
}

function expressionRange(
  cursor: Cursor,
  what: string,
): { readonly from: Expression; readonly to: Expression | null } | null {
  if (cursor.atEnd) return cursor.fail(`${what.charAt(0).toUpperCase()}${what.slice(1)} is missing at the end.`);
  const from = sum(cursor, false);
  if (from === null) return null;
  if (!cursor.isSign("..")) return { from, to: null };
  cursor.index += 1;
  const to = sum(cursor, false);
  return to === null ? null : { from, to };
}

function clause(cursor: Cursor, draft: Draft): void {
  const token = cursor.token!;
  if (token.kind === "sign" && comparisons.has(token.text)) {
    cursor.index += 1;
    const bound = sum(cursor, false);
    if (bound !== null) draft.size = { comparison: token.text as NumberTest, bound };
  } else if (token.text === "in") {
    draft.steps = constantRange(cursor, "step");
  } else if (token.text === "line") {
    const lines = constantRange(cursor, "line");
    if (lines !== null) draft.lines = { from: lines.from - 1, to: lines.to - 1 };
  } else if (cursor.isOption) option(cursor, draft);
  else {
    cursor.fail(
      `${quote(token.text)} does not fit here: after what to look for come a size (\`> 4KiB\`), ` +
        "`in 100..200`, `line 12`, `from=HEAP`, `process=NAME` or `by=free`.",
    );
  }
}

function constantRange(cursor: Cursor, what: "step" | "line"): Extent | null {
  const word = cursor.token!;
  cursor.index += 1;
  if (cursor.atEnd)
    return cursor.fail(`After \`${word.text}\` comes a ${what} or a range of them: \`${word.text} 10..20\`.`);
  const range = expressionRange(cursor, `a ${what}`);
  if (range === null) return null;
  const from = constantOf(range.from);
  const to = range.to === null ? (from === null ? null : from + 1) : constantOf(range.to);
  if (from === null || to === null) {
    return cursor.fail(`A ${what} is a plain number.`, from === null ? range.from.span : (range.to ?? range.from).span);
  }
  return { from, to };
}

function option(cursor: Cursor, draft: Draft): void {
  const name = cursor.token!;
  cursor.index += 2;
  const end = cursor.wordEnd();
  const last = cursor.tokens.at(end - 1);
  if (cursor.token === undefined || last === undefined || end === cursor.index) {
    cursor.fail(`A value is missing after \`${name.text}=\`.`, name);
    return;
  }
  const span = { start: cursor.token.start, end: last.end };
  const value = cursor.text.slice(span.start, span.end);
  cursor.index = end;
  if (name.text === "from") draft.region = value;
  else if (name.text === "process") draft.process = value;
  else if (name.text === "by") {
    const way = waysToFree.find((known) => known === value);
    if (way === undefined) {
      cursor.fail(
        `What frees is one of ${waysToFree.map((word) => `\`${word}\``).join(", ")}, not ${quote(value)}.`,
        span,
      );
    } else draft.by = way;
  } else {
    const hint = didYouMean(name.text, ["from", "process", "by"]);
    cursor.fail(`A question has no option \`${name.text}=\`, only \`from=\`, \`process=\` and \`by=\`.${hint}`, name);
  }
}
