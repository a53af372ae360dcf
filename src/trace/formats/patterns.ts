import type { LineParser } from "../format";
import type { TraceProblems } from "../problems";
import { largestAccess, pushReference, type ReferenceBatch } from "../references";

/** What the groups of an expression matched, by their names. */
export type Groups = Readonly<Record<string, string | undefined>>;

/**
 * One form of a line of text. Its expression has the group `address`, and perhaps `size`, or `last` for the address of the
 * last byte.
 */
export interface LinePattern {
  readonly expression: RegExp;
  /** Of the numbers without `0x`; sizes are decimal. */
  readonly base: 10 | 16;
  /** The kind of reference that the line says; null: the line is passed over. */
  readonly kindOf: (groups: Groups) => number | null;
}

/** Whether a line has one of the forms. */
export const matchesAny = (line: string, patterns: readonly LinePattern[]): boolean =>
  patterns.some(({ expression }) => expression.test(line));

/** The parser of lines of text that mean much more than one access; `isNeutral` knows the tool's other lines. */
export function patternParser(
  problems: TraceProblems,
  patterns: readonly LinePattern[],
  isNeutral: (line: string) => boolean,
): LineParser<ReferenceBatch> {
  return {
    parse(bytes, start, end, line, batch) {
      const text = textOf(bytes, start, end);
      for (const { expression, base, kindOf } of patterns) {
        const groups: Groups | undefined = expression.exec(text)?.groups;
        if (groups === undefined) continue;
        const kind = kindOf(groups);
        if (kind === null) return;
        const address = numberOf(groups["address"] ?? "", base);
        const last = groups["last"] === undefined ? address : numberOf(groups["last"], base);
        const size = groups["size"] === undefined ? last - address + 1 : Number(groups["size"]);
        pushReference(batch, problems, kind, address, size >= 1 && size <= largestAccess ? size : 1, line);
        return;
      }
      if (!isNeutral(text)) problems.stray(line);
    },
  };
}

/** Characters of a line that are looked at. */
const longestText = 1024;

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + longestText)));
}

function numberOf(digits: string, base: 10 | 16): number {
  return parseInt(digits, /^0x/i.test(digits) ? 16 : base);
}
