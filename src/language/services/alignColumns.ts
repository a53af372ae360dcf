import type { Work } from "../coroutines";
import { maximumLineLength, parseLine } from "../parsing/statements";
import { scanLine } from "../parsing/scanner";

/** Lines whose columns differ by more than this stay as they are: padding would tear them apart. */
const widestPadding = 24;

/**
 * Aligns neighbouring lines of a formatted script: the `=` of bindings of one indentation, then the comments behind
 * statements. Only white space between tokens is added, and lines that do not parse are left alone, so that formatting
 * again gives the same, and the meaning stays. With yields.
 */
export function* alignColumns(lines: readonly string[]): Work<string[]> {
  return yield* alignAt(yield* alignAt(lines, bindingColumn), commentColumn);
}

/** Lines looked at between two yields. */
const linesPerTurn = 128;

/** Where a line is padded, and what its neighbours must share with it. */
interface Place {
  readonly column: number;
  readonly group: string;
}

function* alignAt(lines: readonly string[], placeIn: (line: string) => Place | null): Work<string[]> {
  const aligned = [...lines];
  const places: (Place | null)[] = [];
  for (const line of lines) if (places.push(placeIn(line)) % linesPerTurn === 0) yield;
  for (let start = 0; start < lines.length;) {
    const group = places[start]?.group;
    let end = start + 1;
    while (group !== undefined && places[end]?.group === group) end += 1;
    alignGroup(aligned, places, start, end);
    start = end;
  }
  return aligned;
}

function alignGroup(lines: string[], places: readonly (Place | null)[], start: number, end: number): void {
  const columns = places.slice(start, end).map((place) => place?.column ?? 0);
  const widest = columns.reduce((most, column) => Math.max(most, column), 0);
  const narrowest = columns.reduce((least, column) => Math.min(least, column), widest);
  if (widest - narrowest > widestPadding) return;
  for (const [index, column] of columns.entries()) {
    const line = lines[start + index] ?? "";
    const padding = widest - column;
    if (padding === 0 || line.length + padding > maximumLineLength) continue;
    lines[start + index] = line.slice(0, column) + " ".repeat(padding) + line.slice(column);
  }
}

/** The `=` behind the name of a binding. */
function bindingColumn(line: string): Place | null {
  const result = parseLine(line);
  if (result.kind !== "statement" || result.statement.target === null) return null;
  const { span } = result.statement.target;
  return { column: line.indexOf("=", span.end), group: `${span.start}` };
}

/** The `#` of a comment behind a statement. */
function commentColumn(line: string): Place | null {
  const { comment } = scanLine(line);
  if (comment === null || parseLine(line).kind !== "statement") return null;
  return { column: comment.start, group: "comment" };
}
