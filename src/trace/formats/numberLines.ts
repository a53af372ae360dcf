import type { LineParser, NumberUnit } from "../format";
import { parseDecimal, parsePlainHexadecimal } from "../numbers";
import type { TraceProblems } from "../problems";
import { largestAccess, pushReference, referenceKind, type ReferenceBatch } from "../references";
import { usualPageSize, type TraceRequest } from "../request";
import { layoutAs, layoutOf, type NumberLayout } from "./numberLayout";
import { kindOf, nextToken, tokenEnd } from "./numberTokens";

/** How well lines of numbers fit when they are of the unit; those of the other one fit less. */
export function scoreOf(
  lines: readonly string[],
  request: TraceRequest,
  isUnit: (unit: NumberUnit) => boolean,
): number {
  // The requests of a malloc lab's trace look like hexadecimal numbers.
  if (lines.some((line) => /^[af]\s+-?\d+(\s+\d+)*$/.test(line))) return 0;
  const { share, unit } = layoutOf(lines, request);
  return isUnit(unit) ? share : share / 4;
}

/** Whether a later line may show that the numbers are hexadecimal. */
export function isBaseOpen(lines: readonly string[], request: TraceRequest): boolean {
  return request.base === undefined && layoutOf(lines, request).base === 10;
}

/** The parser of lines of numbers in the layout of the first ones. */
export function numberLines(
  problems: TraceProblems,
  request: TraceRequest,
  lines: readonly string[],
  unit: NumberUnit,
): LineParser<ReferenceBatch> {
  const own = layoutOf(lines, request);
  const isOwn = (own.unit === "addresses") === (unit === "addresses") && unit !== "pages";
  const layout = isOwn && request.isFormatSaid !== true ? own : layoutAs(lines, request, unit);
  return layout.columns === null
    ? new ListParser(problems, request, layout)
    : new ColumnParser(problems, request, layout);
}

abstract class NumberParser {
  /** Bytes of what a number counts, by whether `0x` is before it. */
  private readonly scale: number;
  private readonly prefixedScale: number;

  constructor(
    protected readonly problems: TraceProblems,
    { pageSize = usualPageSize }: TraceRequest,
    readonly numbers: NumberLayout,
  ) {
    this.scale = numbers.unit === "addresses" ? 1 : pageSize;
    this.prefixedScale = numbers.unit === "pages" ? pageSize : 1;
  }

  /** The address that a token names; NaN when it is no number, Infinity when it is too large. */
  protected address(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] === 48 && (bytes[start + 1] | 32) === 120) {
      return parsePlainHexadecimal(bytes, start, end) * this.prefixedScale;
    }
    const isHexadecimal = this.numbers.base === 16;
    return (isHexadecimal ? parsePlainHexadecimal(bytes, start, end) : parseDecimal(bytes, start, end)) * this.scale;
  }
}

/** One reference a line. */
class ColumnParser extends NumberParser implements LineParser<ReferenceBatch> {
  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: ReferenceBatch): void {
    const { columns } = this.numbers;
    if (columns === null) return;
    let kind = -1;
    let address = Number.NaN;
    let size = 1;
    let column = 0;
    for (let at = nextToken(bytes, start, end); at < end; at = nextToken(bytes, at, end)) {
      const stop = tokenEnd(bytes, at, end);
      if (column === columns.kind) kind = kindOf(bytes, at, stop);
      else if (column === columns.address) address = this.address(bytes, at, stop);
      else if (column === columns.size) size = sizeAt(bytes, at, stop);
      column++;
      at = stop;
    }
    if (kind < 0 || Number.isNaN(address)) this.problems.stray(line);
    else pushReference(batch, this.problems, kind, address, size >= 1 && size <= largestAccess ? size : 1, line);
  }
}

function sizeAt(bytes: Uint8Array, start: number, end: number): number {
  const isPrefixed = bytes[start] === 48 && (bytes[start + 1] | 32) === 120;
  return isPrefixed ? parsePlainHexadecimal(bytes, start, end) : parseDecimal(bytes, start, end);
}

/** Each number is a reference, and a word before it says its kind. */
class ListParser extends NumberParser implements LineParser<ReferenceBatch> {
  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: ReferenceBatch): void {
    if (this.isStray(bytes, start, end)) {
      this.problems.stray(line);
      return;
    }
    let kind: number = referenceKind.read;
    for (let at = nextToken(bytes, start, end); at < end; at = nextToken(bytes, at, end)) {
      const stop = tokenEnd(bytes, at, end);
      const named = kindOf(bytes, at, stop);
      if (named >= 0) kind = named;
      else {
        pushReference(batch, this.problems, kind, this.address(bytes, at, stop), 1, line);
        kind = referenceKind.read;
      }
      at = stop;
    }
  }

  /** Whether a line has as many other words as numbers, as what programs print has. */
  private isStray(bytes: Uint8Array, start: number, end: number): boolean {
    let numbers = 0;
    let others = 0;
    for (let at = nextToken(bytes, start, end); at < end; at = nextToken(bytes, at, end)) {
      const stop = tokenEnd(bytes, at, end);
      if (kindOf(bytes, at, stop) < 0) {
        if (Number.isNaN(this.address(bytes, at, stop))) others++;
        else numbers++;
      }
      at = stop;
    }
    return others > 0 && others >= numbers;
  }
}
