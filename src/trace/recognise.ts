import { sureScore, type TraceFormat } from "./format";
import { headBytes, headLines } from "./head";
import { readable } from "./encodings";
import type { TraceRequest } from "./request";

/** What the ending of a file's name adds to a score: less than what the lines themselves say. */
const nameBonus = 0.1;

/** Below this score a format only shares a few lines with something else. */
const leastScore = 0.1;

export interface Recognition<Format> {
  readonly format: Format;
  /** See `score` of a format. A format that is the only candidate is not doubted. */
  readonly isSure: boolean;
  /** From 0 to 1; 1 for a format that is the only candidate. */
  readonly score: number;
}

type Candidate = Pick<TraceFormat, "score" | "endings">;

/**
 * The candidate that fits the first lines of a trace best, or null when none fits. Stray lines lower the score, but exclude
 * nothing. A single candidate is not questioned.
 */
export function recogniseLines<Format extends Candidate>(
  lines: readonly string[],
  candidates: readonly Format[],
  request: TraceRequest = {},
): Recognition<Format> | null {
  if (candidates.length === 1) return { format: candidates[0], isSure: true, score: 1 };
  if (lines.length === 0) return null;
  let best: Recognition<Format> | null = null;
  let bestScore = 0;
  for (const format of candidates) {
    const score = format.score(lines, request);
    if (score < leastScore) continue;
    const whole = score + (isNamed(format, request) ? nameBonus : 0);
    if (whole <= bestScore) continue;
    bestScore = whole;
    best = { format, isSure: score >= sureScore, score };
  }
  return best;
}

/**
 * The candidate that fits the first bytes of a trace best, decompressed ones; see {@link recogniseLines}. Fewer than
 * `headBytes` of them are taken as the whole trace.
 */
export function recognise<Format extends Candidate>(
  head: Uint8Array,
  candidates: readonly Format[],
  request: TraceRequest = {},
): Recognition<Format> | null {
  const bytes = readable(head.subarray(0, headBytes));
  return recogniseLines(headLines(bytes, head.length < headBytes), candidates, request);
}

function isNamed({ endings }: Candidate, { name }: TraceRequest): boolean {
  const ending = /\.([^.]+?)(\.gz)?$/i.exec(name ?? "")?.[1].toLowerCase();
  return ending !== undefined && endings.includes(ending);
}
