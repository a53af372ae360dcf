import { toHex } from "../../engine/address";
import type { LifetimeRecorder } from "./LifetimeRecorder";
import { lifeEnds, neverEnded, type LifeEnd } from "./lives";
import { wholeWindow } from "./answer";
import { collectLives, type LifeWindow } from "./window";

export const lifeOrders = ["largest", "longest", "leaked", "first"] as const;
export type LifeOrder = (typeof lifeOrders)[number];

/** Asks who lived in a window, some at a time. */
export interface LivesQuestion {
  readonly region: string | null;
  /** Null: the whole region. */
  readonly window: LifeWindow | null;
  readonly order: LifeOrder;
  readonly first: number;
  readonly count: number;
}

/** One life, to be told in a sentence or as a row. */
export interface LifeFact {
  /** As the script wrote it; null when never bound. */
  readonly handle: string | null;
  readonly address: string;
  readonly size: number;
  readonly born: number;
  /** 0-based line that allocated it, with its text. */
  readonly line: number;
  readonly text: string;
  readonly end: LifeEnd;
  /** Null while it goes on. */
  readonly ended: { readonly step: number; readonly line: number; readonly text: string } | null;
  readonly leaked: boolean;
  /** Where the same block was before it moved, or what size it had before it was resized. */
  readonly previous: { readonly address: string; readonly size: number } | null;
}

export interface LivesAnswer {
  /** Lives in the window, and how many of them leaked. */
  readonly total: number;
  readonly leaked: number;
  readonly facts: readonly LifeFact[];
}

/** Nobody reads on beyond so many rows. */
const mostRanked = 2000;

/** The lives of a window in an order. O(lives in it), for any page. */
export function answerLives(
  recorder: LifetimeRecorder,
  question: LivesQuestion,
  lineText: (line: number) => string,
): LivesAnswer {
  const { lives, reached } = recorder;
  const number = recorder.regionNumber(question.region);
  const window = question.window ?? wholeWindow(recorder, recorder.regions.at(number));
  const found = collectLives(recorder, number, window);
  let leaked = 0;
  for (const life of found) leaked += lives.leaked[life];
  const span = (life: number): number => Math.min(lives.ended[life], reached + 1) - lives.born[life];
  const ranks: Readonly<Record<LifeOrder, (life: number) => number>> = {
    largest: (life) => lives.size[life],
    longest: span,
    // Leaked ones first, the largest of them in front.
    leaked: (life) => lives.size[life] + lives.leaked[life] * 2 ** 52,
    first: (life) => -lives.born[life],
  };
  const first = Math.min(question.first, mostRanked);
  const past = Math.min(first + question.count, mostRanked);
  const page = highest(found, ranks[question.order], past).slice(first);
  return { total: found.length, leaked, facts: page.map((life) => factOf(recorder, life, lineText)) };
}

/** The lives of highest rank, the earlier born first among equals. */
function highest(found: Int32Array, rank: (life: number) => number, count: number): number[] {
  const best: number[] = [];
  for (const life of found) {
    const own = rank(life);
    if (best.length === count && (count === 0 || rank(best[count - 1]) >= own)) continue;
    let from = 0;
    let to = best.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (rank(best[middle]) >= own) from = middle + 1;
      else to = middle;
    }
    best.splice(from, 0, life);
    if (best.length > count) best.pop();
  }
  return best;
}

export function factOf({ lives, steps }: LifetimeRecorder, life: number, lineText: (line: number) => string): LifeFact {
  const step = lives.ended[life];
  const line = lives.line[life];
  const previous = lives.previous[life];
  const endLine = steps.line[step === neverEnded ? 0 : step];
  return {
    handle: lives.handle[life],
    address: toHex(lives.address[life]),
    size: lives.size[life],
    born: lives.born[life],
    line,
    text: lineText(line),
    end: lifeEnds[lives.end[life]],
    ended: step === neverEnded ? null : { step, line: endLine, text: lineText(endLine) },
    leaked: lives.leaked[life] === 1,
    previous: previous < 0 ? null : { address: toHex(lives.address[previous]), size: lives.size[previous] },
  };
}
