import { Cursor } from "../../language/parsing/cursor";
import { sum } from "../../language/parsing/expressions";
import { problemIds } from "../problems/catalogue";
import { scanLine } from "../../language/parsing/scanner";
import { nearest } from "../../language/parsing/suggest";
import type { Expression, Span } from "../../language/parsing/syntax";
import type { SyntaxFacts } from "../../language/parsing/syntaxProblems";
import { waysToFree } from "../state/allocation";
import { constantOf } from "./constant";
import type { Extent } from "../../engine/events";
import { allMemoryEventKinds, memoryEventWords, type MemoryEventKind } from "./memoryEvents";
import type { NumberTest, Query, QuerySubject } from "./query";
import type { QueryFailure, QueryMistake } from "./queryMistakes";

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
  const cursor = new QueryCursor(text, tokens);
  const bad = tokens.find(({ kind }) => kind === "bad");
  if (bad !== undefined) cursor.fail(bad.problem ?? { kind: "no-statement" }, bad);
  else if (comment !== null) cursor.mistake({ kind: "comment" }, comment);
  const query = cursor.hasFailed ? null : question(cursor);
  if (query !== null && !cursor.hasFailed) return query;
  const failed = cursor.failure;
  return cursor.first ?? { kind: "failure", span: failed?.span ?? cursor.here, mistake: failed ?? unread };
}

const unread: SyntaxFacts = { id: "syntax-error", facts: { kind: "no-statement" } };

/** Reads a question: what is wrong with it beside what is wrong with an expression. */
class QueryCursor extends Cursor {
  first: QueryFailure | null = null;

  get hasFailed(): boolean {
    return this.first !== null || this.failure !== null;
  }

  mistake(mistake: QueryMistake, { start, end }: Span = this.here): null {
    if (!this.hasFailed) this.first = { kind: "failure", span: { start, end }, mistake };
    return null;
  }
}

function question(cursor: QueryCursor): Query | null {
  const word = cursor.token;
  const kinds = word?.kind === "name" ? kindsByWord.get(word.text) : undefined;
  if (word === undefined) return cursor.mistake({ kind: "empty", known: queryWords });
  if (kinds === undefined) {
    const suggestion = nearest(word.text, queryWords) ?? null;
    return cursor.mistake({ kind: "event", word: word.text, known: queryWords, suggestion });
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
  if (!cursor.hasFailed && startsSubject(cursor)) draft.subject = subject(cursor);
  while (!cursor.hasFailed && !cursor.atEnd) clause(cursor, draft);
  return cursor.hasFailed ? null : draft;
}

/** The id of a problem, when the next word is one; a word that is nearly one is a mistake. */
function takeProblem(cursor: QueryCursor, draft: Draft): void {
  const end = cursor.wordEnd();
  const last = cursor.tokens.at(end - 1);
  if (cursor.token?.kind !== "name" || last === undefined) return;
  const span = { start: cursor.token.start, end: last.end };
  const id = cursor.text.slice(span.start, span.end);
  const suggestion = nearest(id, problemIds);
  if ((problemIds as readonly string[]).includes(id)) {
    draft.problem = id;
    cursor.index = end;
  } else if (suggestion !== undefined && id.includes("-")) {
    cursor.mistake({ kind: "problem-id", word: id, suggestion }, span);
  }
}

function startsSubject(cursor: QueryCursor): boolean {
  const { token } = cursor;
  if (token === undefined || cursor.isOption) return false;
  if (token.kind === "sign") return token.text === "(" || token.text === "-";
  return token.kind !== "name" || !filterWords.has(token.text);
}

function subject(cursor: QueryCursor): QuerySubject | null {
  const word = cursor.token?.text;
  if (word === "vpn" || word === "frame") {
    cursor.index += 1;
    const range = expressionRange(cursor, word === "vpn" ? "page" : "frame");
    return range === null ? null : { kind: word === "vpn" ? "page" : "frame", ...range };
  }
  const range = expressionRange(cursor, "place");
  if (range === null) return null;
  const { from, to } = range;
  return to === null ? { kind: "pointer", expression: from } : { kind: "range", from, to };
}

function expressionRange(
  cursor: QueryCursor,
  what: "page" | "frame" | "place" | "step" | "line",
): { readonly from: Expression; readonly to: Expression | null } | null {
  if (cursor.atEnd) return cursor.mistake({ kind: "missing-subject", what });
  const from = sum(cursor, false);
  if (from === null) return null;
  if (!cursor.isSign("..")) return { from, to: null };
  cursor.index += 1;
  const to = sum(cursor, false);
  return to === null ? null : { from, to };
}

function clause(cursor: QueryCursor, draft: Draft): void {
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
    cursor.mistake({ kind: "clause", word: token.text });
  }
}

function constantRange(cursor: QueryCursor, what: "step" | "line"): Extent | null {
  cursor.index += 1;
  if (cursor.atEnd) return cursor.mistake({ kind: "missing-range", what });
  const range = expressionRange(cursor, what);
  if (range === null) return null;
  const from = constantOf(range.from);
  const to = range.to === null ? (from === null ? null : from + 1) : constantOf(range.to);
  if (from === null || to === null) {
    return cursor.mistake({ kind: "constant", what }, from === null ? range.from.span : (range.to ?? range.from).span);
  }
  return { from, to };
}

function option(cursor: QueryCursor, draft: Draft): void {
  const name = cursor.token!;
  cursor.index += 2;
  const end = cursor.wordEnd();
  const last = cursor.tokens.at(end - 1);
  if (cursor.token === undefined || last === undefined || end === cursor.index) {
    cursor.mistake({ kind: "missing-value", option: name.text }, name);
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
      cursor.mistake({ kind: "way", word: value, known: waysToFree }, span);
    } else draft.by = way;
  } else {
    const suggestion = nearest(name.text, ["from", "process", "by"]) ?? null;
    cursor.mistake({ kind: "option", word: name.text, suggestion }, name);
  }
}
