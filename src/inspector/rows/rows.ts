import { englishWords } from "../../language/Words";
import { messageOf } from "../../machine/problems/Problem";
import type { LifetimeRecorder, RecordedRegion } from "../lifetimes/LifetimeRecorder";
import { sortedByAddress } from "../lifetimes/byAddress";
import { severityOfNumber } from "../lifetimes/StepLog";
import { collectLives } from "../lifetimes/window";
import { RowBuilder } from "./RowBuilder";
import type { RowSegments } from "./rowSegments";

/** Asks for some rows: the blocks of a region after each of some steps. */
export interface RowsQuestion {
  /** Null: the first region. */
  readonly region: string | null;
  /** The first step, from 1. */
  readonly first: number;
  readonly count: number;
  /** Addresses in view, half-open; null: all that the region's blocks have had. */
  readonly range: { readonly low: number; readonly high: number } | null;
  /** Of a row, in pixels: blocks that no two pixels show apart are merged. */
  readonly width: number;
}

export interface RowHead {
  readonly step: number;
  /** 0-based. */
  readonly line: number;
  readonly text: string;
  /** Of the step's worst problem, with its message. */
  readonly severity: (typeof severityOfNumber)[number];
  readonly message: string;
}

export interface RowsAnswer {
  readonly regions: readonly RecordedRegion[];
  readonly region: string | null;
  readonly low: number;
  readonly high: number;
  /** Steps recorded. */
  readonly reached: number;
  readonly heads: readonly RowHead[];
  readonly segments: RowSegments;
}

/** Rows of one answer at most. */
export const mostRows = 256;
/** Blocks looked at before an answer ends; where very many begin in one pixel it has fewer rows. */
const mostLooks = 8_000_000;

/** The blocks of a region after each of some steps. Read from the recording: no machine is moved. */
export function answerRows(
  recorder: LifetimeRecorder,
  question: RowsQuestion,
  lineText: (line: number) => string,
  words = englishWords,
): RowsAnswer {
  const { lives, steps, reached, regions } = recorder;
  const number = recorder.regionNumber(question.region);
  const region = regions.at(number);
  const { low, high } = question.range ?? { low: region?.low ?? 0, high: region?.high ?? 1 };
  const first = Math.max(1, Math.floor(question.first));
  const wanted = Math.max(0, Math.min(question.count, mostRows, reached - first + 1));
  // A block that the first step ended was there before it.
  const window = { fromStep: first - 1, toStep: first + wanted, low, high };
  const touching = wanted === 0 ? new Int32Array(0) : collectLives(recorder, number, window);
  const found = sortedByAddress(touching, lives.address);
  const builder = new RowBuilder(lives, found, { first, count: wanted, low, high, width: question.width });
  let count = 0;
  for (; count < wanted && (count === 0 || builder.looks < mostLooks); count++) builder.addRow();
  const heads = Array.from({ length: count }, (_, at): RowHead => {
    const step = first + at;
    const line = steps.line[step];
    const severity = severityOfNumber[steps.severity[step]];
    const worst = steps.worst(step);
    return { step, line, text: lineText(line), severity, message: worst === undefined ? "" : messageOf(worst, words) };
  });
  return {
    regions: regions.map((each) => ({ ...each })),
    region: region?.name ?? null,
    low,
    high,
    reached,
    heads,
    segments: builder.finish(),
  };
}
