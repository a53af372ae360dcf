import type { Program } from "./syntax";

/** Lines that fold into the first one; `end` is the last that is hidden. */
export interface Fold {
  readonly kind: "loop" | "comment" | "region";
  readonly start: number;
  readonly end: number;
}

/** `repeat` … `end`, runs of comment lines, and `# region` … `# endregion`. */
export function foldsOf(program: Program): Fold[] {
  return [...loops(program), ...comments(program), ...regions(program)];
}

function loops({ instructions, lineOf }: Program): Fold[] {
  const folds: Fold[] = [];
  const open: number[] = [];
  for (const [index, { kind }] of instructions.entries()) {
    const line = lineOf[index];
    if (kind === "repeat") open.push(line);
    if (kind !== "end") continue;
    const start = open.pop();
    // The line of `end` stays visible below the folded body.
    if (start !== undefined && start + 1 < line) {
      folds.push({ kind: "loop", start, end: line - 1 });
    }
  }
  return folds;
}

const regionStart = /^\s*#\s*region\b/;
const regionEnd = /^\s*#\s*endregion\b/;

function comments({ lines }: Program): Fold[] {
  const folds: Fold[] = [];
  let first = -1;
  for (let line = 0; line <= lines.length; line++) {
    const text = lines.at(line) ?? "";
    const isComment = line < lines.length && /^\s*#/.test(text) && !regionStart.test(text) && !regionEnd.test(text);
    if (isComment) {
      if (first === -1) first = line;
      continue;
    }
    if (first !== -1 && first + 1 < line) folds.push({ kind: "comment", start: first, end: line - 1 });
    first = -1;
  }
  return folds;
}

function regions({ lines }: Program): Fold[] {
  const folds: Fold[] = [];
  const open: number[] = [];
  for (const [line, text] of lines.entries()) {
    if (regionStart.test(text)) open.push(line);
    if (!regionEnd.test(text)) continue;
    const start = open.pop();
    if (start !== undefined) folds.push({ kind: "region", start, end: line });
  }
  return folds;
}
