import { answerLifetimes, type LifetimesAnswer, type LifetimesQuestion } from "../lifetimes/answer";
import { answerLives, lifeOrders, type LifeOrder, type LivesAnswer, type LivesQuestion } from "../lifetimes/lifeFacts";
import type { LifetimeRecorder } from "../lifetimes/LifetimeRecorder";
import { answerRows, mostRows, type RowsAnswer, type RowsQuestion } from "../rows/rows";
import type { QueryKind, QuerySource } from "./query";

/** Steps recorded before an answer goes out: some tenths of a second. The view asks again until all are. */
const stepsAtOnce = 50_000;
/** Pixels of a drawing at most, either way. */
const mostPixels = 8192;

export interface Recorded {
  /** Whether all steps of the run so far are recorded; if not, the answer is about those that are. */
  readonly isComplete: boolean;
}

export type LifetimesQuery = LifetimesQuestion & { readonly kind: "lifetimes" };
export type LivesQuery = LivesQuestion & { readonly kind: "lives" };
export type RowsQuery = RowsQuestion & { readonly kind: "rows" };

/** The lives of a region as they look in a window at a resolution. */
export const lifetimesQuery: QueryKind<LifetimesQuery, LifetimesAnswer & Recorded> = {
  check: ({ region, window, width, height }) =>
    isName(region) && isWindow(window) && isPixels(width) && isPixels(height) && Number(width) * Number(height) < 4e6,
  answer: (query, source) => recorded(source, (recorder) => answerLifetimes(recorder, query)),
};

/** Who lived in a window, some at a time. */
export const livesQuery: QueryKind<LivesQuery, LivesAnswer & Recorded> = {
  check: ({ region, window, order, first, count }) =>
    isName(region) &&
    isWindow(window) &&
    lifeOrders.includes(order as LifeOrder) &&
    isCount(first) &&
    isCount(count) &&
    Number(count) <= 200,
  answer: (query, source) => recorded(source, (recorder) => answerLives(recorder, query, lineText(source))),
};

/** The blocks of a region after each of some steps. */
export const rowsQuery: QueryKind<RowsQuery, RowsAnswer & Recorded> = {
  check: ({ region, first, count, range, width }) =>
    isName(region) &&
    isCount(first) &&
    isCount(count) &&
    Number(count) <= mostRows &&
    isRange(range) &&
    isPixels(width),
  answer: (query, source) =>
    recorded(source, (recorder) => answerRows(recorder, query, lineText(source), source.words)),
};

async function recorded<Answer>(
  source: QuerySource,
  answer: (recorder: LifetimeRecorder) => Answer,
): Promise<Answer & Recorded> {
  const { lifetimes } = source;
  await lifetimes.advance(stepsAtOnce, source.host);
  const { recorder, isComplete } = lifetimes;
  return { ...answer(recorder), isComplete };
}

function lineText({ program }: QuerySource): (line: number) => string {
  return (line) => program.lines[line] ?? "";
}

const isName = (value: unknown): boolean => value === null || typeof value === "string";
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isNumber = (value: unknown): boolean => typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
const isPixels = (value: unknown): boolean => isNumber(value) && Number(value) >= 1 && Number(value) <= mostPixels;

function isRange(value: unknown): boolean {
  if (value === null) return true;
  const { low, high } = Object(value) as Readonly<Record<string, unknown>>;
  return isNumber(low) && isNumber(high) && Number(low) < Number(high);
}

function isWindow(value: unknown): boolean {
  if (value === null) return true;
  const { fromStep, toStep } = Object(value) as Readonly<Record<string, unknown>>;
  return isRange(value) && isNumber(fromStep) && isNumber(toStep) && Number(fromStep) < Number(toStep);
}
