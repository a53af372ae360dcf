import { sureScore, type TraceFormat } from "./format";

/** Bytes at the start of a trace by which its format is recognised. */
const headBytes = 4096;

export interface Recognition<Format> {
  readonly format: Format;
  /** See `score` of a format. A format that is the only candidate is not doubted. */
  readonly isSure: boolean;
}

/** The candidate that fits the first lines of a trace best, or null when none fits. A single candidate is not questioned. */
export function recogniseLines<Format extends Pick<TraceFormat, "score">>(
  lines: readonly string[],
  candidates: readonly Format[],
): Recognition<Format> | null {
  if (candidates.length === 1) return { format: candidates[0], isSure: true };
  if (lines.length === 0) return null;
  let best: Recognition<Format> | null = null;
  let bestScore = 0;
  for (const format of candidates) {
    const score = format.score(lines);
    if (score <= bestScore) continue;
    bestScore = score;
    best = { format, isSure: score >= sureScore };
  }
  return best;
}

/** The candidate that fits the first bytes of a trace best, decompressed ones; see {@link recogniseLines}. */
export function recognise<Format extends Pick<TraceFormat, "score">>(
  head: Uint8Array,
  candidates: readonly Format[],
): Recognition<Format> | null {
  return recogniseLines(headLines(head), candidates);
}

/** The lines at the start of a trace, trimmed and without empty ones; a last line that may be cut off is left out. */
function headLines(head: Uint8Array): string[] {
  const text = String.fromCharCode(...head.subarray(0, headBytes)).replace(/^\u00ef\u00bb\u00bf/, "");
  const lines = text.split("\n");
  if (lines.length > 1) lines.pop();
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}
