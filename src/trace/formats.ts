import { sureScore, type AllocationFormat, type ReferenceFormat, type TraceFormat } from "./format";
import { din } from "./formats/din";
import { lackey } from "./formats/lackey";
import { mtrace } from "./formats/mtrace";
import { ref } from "./formats/ref";
import { rep } from "./formats/rep";
import { headLines } from "./head";

/** Every trace format, in the order of lists and menus. Where two fit a trace equally well, the earlier is taken. */
export const formats: readonly TraceFormat[] = [mtrace, rep, lackey, din, ref];

export const allocationFormats = formats.filter((format): format is AllocationFormat => format.kind === "allocations");
export const referenceFormats = formats.filter((format): format is ReferenceFormat => format.kind === "references");

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
