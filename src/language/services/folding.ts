import type { Work } from "../coroutines";
import { loopsOf } from "../parsing/statementsByLine";
import type { Program } from "../parsing/syntax";

/** Lines that fold into the first one; `end` is the last that is hidden. */
export interface Fold {
  readonly kind: "loop" | "comment" | "region";
  readonly start: number;
  readonly end: number;
}

/** Lines looked at between two yields. */
const linesPerTurn = 2048;

/** `repeat` … `end`, runs of comment lines, and `# region` … `# endregion`; with yields. */
export function* foldsOf(program: Program): Work<Fold[]> {
  // The line of `end` stays visible below the folded body.
  const bodies = loopsOf(program).filter(({ start, end }) => start + 1 < end);
  yield;
  const loops = bodies.map(({ start, end }): Fold => ({ kind: "loop", start, end: end - 1 }));
  return [...loops, ...(yield* commentsAndRegions(program))];
}

const comment = /^\s*#/;
const regionStart = /^\s*#\s*region\b/;
const regionEnd = /^\s*#\s*endregion\b/;

function* commentsAndRegions({ lines }: Program): Work<Fold[]> {
  const folds: Fold[] = [];
  const open: number[] = [];
  /** Of the comment lines just above, -1 for none. */
  let first = -1;
  for (let line = 0; line <= lines.length; line++) {
    if (line % linesPerTurn === 0) yield;
    const text = lines.at(line) ?? "";
    const isComment = line < lines.length && comment.test(text);
    const begins = isComment && regionStart.test(text);
    const ends = isComment && regionEnd.test(text);
    if (begins) open.push(line);
    const start = ends ? open.pop() : undefined;
    if (start !== undefined) folds.push({ kind: "region", start, end: line });
    if (isComment && !begins && !ends) {
      if (first === -1) first = line;
      continue;
    }
    if (first !== -1 && first + 1 < line) folds.push({ kind: "comment", start: first, end: line - 1 });
    first = -1;
  }
  return folds;
}
