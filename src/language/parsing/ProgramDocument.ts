import type { LengthLimit } from "./syntaxProblems";
import { byteOrderMark, lineBreak, splitLines } from "./lines";
import { LoopBuilder, type LoopMark } from "./loops";
import { parseLine, type LineResult } from "./statements";
import type { Program, SyntaxProblem } from "./syntax";
import { SharedWork, runToEnd, type Work } from "../coroutines";

/** Lines beyond this are not read: one problem says so. */
export const maximumLines = 1_000_000;
/** Problems beyond this are not listed: binary files would have one a line. */
export const maximumProblems = 1_000;
/** Lines between two places where parsing can pause and later begin: a few milliseconds when all of them are new. */
const linesPerMark = 256;
/** Lines put in at once. */
const piece = 10_000;
/** Loops inside of each other at a place where parsing may begin later. */
const deepestMark = 32;

/** A place in a text: 0-based line, and column in UTF-16 code units. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** `text` in the place of what stands between two places. */
export interface TextChange {
  readonly start: TextPlace;
  readonly end: TextPlace;
  readonly text: string;
}

/** What the lines above one came to. */
interface Mark {
  readonly line: number;
  readonly loops: LoopMark;
  readonly problems: number;
  readonly omitted: number;
}

/**
 * A script that is being edited. What every line says is kept, so that after an edit only the changed lines are parsed
 * again, and only what is below them is put together anew. Programs given out never change.
 */
export class ProgramDocument {
  /** As {@link Program.lines}, however many there are. */
  private readonly lines: string[];
  /** What each line says, in the order of `lines`; undefined while it has not been parsed. */
  private readonly results: (LineResult | undefined)[];
  /** What stands before the first line and belongs to none. */
  private mark: string;
  /** What makes the program of the present text. */
  private work: SharedWork<Program> | null = null;
  /** Of the last time that lines were put together, with marks on the way that no edit since has made wrong. */
  private loops = new LoopBuilder();
  private problems: SyntaxProblem[] = [];
  private marks: Mark[];
  /** How many times a line was parsed so far: what edits cost, for those who watch it. */
  parsedLines = 0;

  constructor(text: string) {
    this.mark = byteOrderMark(text);
    this.lines = splitLines(text);
    this.results = new Array<LineResult | undefined>(this.lines.length).fill(undefined);
    this.marks = [{ line: 0, loops: this.loops.mark(), problems: 0, omitted: 0 }];
  }

  get lineCount(): number {
    return this.lines.length;
  }

  lineAt(line: number): string {
    return this.lines[line] ?? "";
  }

  /** Whether any line passes a test; quicker than to parse them. */
  hasLine(test: RegExp): boolean {
    return this.lines.some((line) => test.test(line));
  }

  edit({ start, end, text }: TextChange): void {
    this.work = null;
    this.marks = this.marks.filter(({ line }) => line <= start.line);
    const before = this.rawLine(start.line).slice(0, start.column);
    const after = this.rawLine(end.line).slice(end.column);
    const whole = before + text + after;
    if (start.line === 0) this.mark = byteOrderMark(whole);
    const lines = start.line === 0 ? splitLines(whole) : whole.split(lineBreak);
    replace(this.results, start.line, end.line + 1, this.resultsOf(lines, start.line, end.line + 1));
    replace(this.lines, start.line, end.line + 1, lines);
  }

  /** The program of the present text. */
  program(): Program {
    return runToEnd(this.parse());
  }

  /** The same with yields; it is the text at its end that counts. What was parsed stays, and several may wait for it. */
  *parse(): Work<Program> {
    for (;;) {
      const parsed = (this.work ??= new SharedWork(this.putTogether())).advance();
      if (parsed !== null) return parsed.value;
      yield;
    }
  }

  private *putTogether(): Work<Program> {
    const count = Math.min(this.lines.length, maximumLines);
    const from = this.marks.at(-1)!;
    const loops = this.loops.since(from.loops);
    const mistakes = this.problems.slice(0, from.problems);
    this.loops = loops;
    this.problems = mistakes;
    let { omitted } = from;
    for (let { line } = from; line < count; line++) {
      if (line % linesPerMark === 0 && line > from.line) {
        if (loops.depth <= deepestMark)
          this.marks.push({ line, loops: loops.mark(), problems: mistakes.length, omitted });
        yield;
      }
      const result = this.resultAt(line);
      if (result.kind === "statement") loops.add(result, line);
      else if (result.kind === "problem") {
        if (result.verb === "repeat") loops.addBroken(this.lineAt(line), line);
        if (mistakes.length < maximumProblems) mistakes.push({ ...result.failure, line });
        else omitted += 1;
        if (result.remains !== null) loops.add({ kind: "statement", statement: result.remains }, line);
      }
    }
    const { instructions, lineOf, problems: loopProblems } = loops.finish();
    const problems = [...mistakes];
    for (const problem of loopProblems) {
      if (problems.length < 2 * maximumProblems) problems.push(problem);
      else omitted += 1;
    }
    problems.sort((a, b) => a.line - b.line);
    const last = Math.max(count - 1, 0);
    if (omitted > 0) problems.push(limit(last, { kind: "mistakes", omitted }));
    if (count < this.lines.length) problems.push(limit(last, { kind: "lines", most: maximumLines }));
    return { lines: this.lines.slice(0, count), instructions, lineOf, problems };
  }

  /** What is known of lines that come in the place of others: the first and the last ones are often what they were. */
  private resultsOf(lines: readonly string[], from: number, to: number): (LineResult | undefined)[] {
    const results = new Array<LineResult | undefined>(lines.length).fill(undefined);
    for (let index = 0; index < lines.length && lines[index] === this.lines[from + index]; index++) {
      results[index] = this.results[from + index];
    }
    const shift = to - lines.length;
    for (let index = lines.length - 1; index >= 0 && lines[index] === this.lines[index + shift]; index--) {
      if (index + shift < from) break;
      results[index] ??= this.results[index + shift];
    }
    return results;
  }

  private resultAt(line: number): LineResult {
    const known = this.results[line];
    if (known !== undefined) return known;
    this.parsedLines++;
    return (this.results[line] = parseLine(this.lineAt(line)));
  }

  /** The line as the text has it, with the byte-order mark that no program shows. */
  private rawLine(line: number): string {
    return line === 0 ? this.mark + this.lineAt(0) : this.lineAt(line);
  }
}

function limit(line: number, facts: LengthLimit): SyntaxProblem {
  return { id: "limit-exceeded", line, span: { start: 0, end: 1 }, facts };
}

/** Puts `added` in the place of a half-open range of entries: in pieces, since a call takes only so many arguments. */
function replace<T>(entries: T[], from: number, to: number, added: readonly T[]): void {
  entries.splice(from, to - from, ...added.slice(0, piece));
  for (let at = piece; at < added.length; at += piece) entries.splice(from + at, 0, ...added.slice(at, at + piece));
}
