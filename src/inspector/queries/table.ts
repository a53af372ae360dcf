import { bytesQuery } from "./bytes";
import { levelsQuery } from "./levels";
import { lifetimesQuery, livesQuery, rowsQuery } from "./lives";
import { pageRowsQuery } from "./pageRows";
import type { QueryKind, QuerySource } from "./query";

/** Every query that the host answers, one line each; the types below follow from it. */
const queries = {
  bytes: bytesQuery,
  levels: levelsQuery,
  lifetimes: lifetimesQuery,
  lives: livesQuery,
  pageRows: pageRowsQuery,
  rows: rowsQuery,
};

type Table = typeof queries;

/** What a view may ask. */
export type ViewQuery = {
  [Kind in keyof Table]: Table[Kind] extends QueryKind<infer Query, unknown> ? Query : never;
}[keyof Table];

/** The answer to a query. */
export type AnswerTo<Query extends ViewQuery> =
  Table[Query["kind"]] extends QueryKind<Query, infer Answer> ? Answer : never;

/** Checks a query that came over the wire and answers it; rejects with a sentence for the log. */
export async function answerQuery(query: unknown, source: QuerySource): Promise<unknown> {
  const fields = Object(query) as Readonly<Record<string, unknown>>;
  const { kind } = fields;
  if (typeof kind !== "string" || !Object.hasOwn(queries, kind)) {
    throw new Error(`There is no query of kind ${String(kind)}.`);
  }
  const entry = queries[kind as keyof Table] as QueryKind<ViewQuery, unknown>;
  if (!entry.check(fields)) throw new Error(`The query of kind ${kind} is malformed.`);
  // The check of the kind has looked at every field that the type promises.
  return await entry.answer(fields as unknown as ViewQuery, source);
}
