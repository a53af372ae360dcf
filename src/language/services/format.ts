import { alignColumns } from "./alignColumns";
import { splitLines } from "../parsing/lines";
import { scanLine, type Token } from "../parsing/scanner";
import { parseLine, type LineResult } from "../parsing/statements";
import type { Operand, Statement } from "../parsing/syntax";
import { runToEnd, type Work } from "../coroutines";

const indentUnit = "  ";
const maximumIndent = 40;

export interface FormatOptions {
  /** The `=` and the comments of neighbouring lines stand below each other. */
  readonly alignColumns: boolean;
}
const unaligned: FormatOptions = { alignColumns: false };

/**
 * Formats a script: one space between operands, none around `=` of options, bodies of `repeat` indented by two. Never
 * changes what the script means: lines that are not understood only lose white space around them, and comments,
 * numbers and texts stay as they are written. Line terminators and a byte-order mark are kept.
 */
export function format(text: string, options = unaligned): string {
  const ending = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const lines = runToEnd(formatLines(splitLines(text), options));
  return mark + lines.join(ending);
}

/** Lines formatted between two yields. */
const linesPerTurn = 128;

/** The formatted lines, one for one, with yields. `above` is how many loops are open above the first of them. */
export function* formatLines(lines: readonly string[], options = unaligned, above = 0): Work<string[]> {
  let depth = above;
  const formatted: string[] = [];
  for (const line of lines) {
    const result = parseLine(line);
    const verb = verbOf(result);
    if (verb === "end") depth = Math.max(0, depth - 1);
    const indent = indentUnit.repeat(Math.min(depth, maximumIndent));
    if (verb === "repeat") depth += 1;
    const code = result.kind === "statement" ? formatStatement(result.statement, line) : line.replace(/^[ \t]+/, "");
    const body = result.kind === "statement" ? code : trimEnd(code);
    if (formatted.push(body === "" ? "" : indent + body) % linesPerTurn === 0) yield;
  }
  return options.alignColumns ? yield* alignColumns(formatted) : formatted;
}

/** How many loops are open behind these lines, as formatting sees them. */
export function depthBehind(lines: Iterable<string>): number {
  let depth = 0;
  for (const line of lines) {
    // A cheap look first: most lines are neither.
    if (!/^[ \t]*(?:repeat|end)\b/.test(line)) continue;
    const verb = verbOf(parseLine(line));
    if (verb === "end") depth = Math.max(0, depth - 1);
    if (verb === "repeat") depth += 1;
  }
  return depth;
}

/** The verb of a line, one with a mistake too. */
function verbOf(result: LineResult): string | null {
  return result.kind === "statement" ? result.statement.verb : result.kind === "problem" ? result.verb : null;
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === " " || text[end - 1] === "\t")) end -= 1;
  return text.slice(0, end);
}

function formatStatement(statement: Statement, line: string): string {
  const { tokens, comment } = scanLine(line);
  const places = new TightPlaces(statement);
  const pieces = places.joinWords(tokens, line);
  let code = "";
  pieces.forEach((piece, index) => {
    const before = index > 0 ? pieces[index - 1] : undefined;
    const isTight = before === undefined || places.isTight(pieces[index - 2], before, piece);
    code += `${isTight ? "" : " "}${piece.text}`;
  });
  if (comment === null) return code;
  return `${code} ${trimEnd(line.slice(comment.start))}`;
}

/** A token, or the tokens of one bare word: the name of an option, a choice, flags. */
type Piece = Omit<Token, "kind"> & { readonly kind: Token["kind"] | "word" };

/** Knows between which neighbouring pieces of a statement no space stands. */
class TightPlaces {
  /** Ends of bare words, which may hold `-`, by their starts. */
  private readonly words = new Map<number, number>();
  private readonly optionNameEnds = new Set<number>();
  private readonly optionValues = new Set<number>();
  private readonly operandStarts = new Set<number>();

  constructor(statement: Statement) {
    for (const operand of Object.values(statement.operands)) this.addOperand(operand);
    for (const option of Object.values(statement.options)) {
      this.words.set(option.nameSpan.start, option.nameSpan.end);
      this.optionNameEnds.add(option.nameSpan.end);
      this.optionValues.add(option.value.span.start);
      this.addOperand(option.value);
    }
  }

  /** The tokens of each bare word as one piece, so that its `-` is no operator. */
  joinWords(tokens: readonly Token[], line: string): Piece[] {
    const pieces: Piece[] = [];
    let joined = 0;
    for (const token of tokens) {
      if (token.start < joined) continue;
      const end = this.words.get(token.start);
      if (end === undefined) pieces.push(token);
      else pieces.push({ kind: "word", start: token.start, end, text: line.slice(token.start, end) });
      joined = end ?? token.end;
    }
    return pieces;
  }

  /** Whether `right` follows `left` without a space; `beforeLeft` tells a sign from an operator. */
  isTight(beforeLeft: Piece | undefined, left: Piece, right: Piece): boolean {
    if (isOne(left, "(", "[", ".", "..") || isOne(right, ")", "]", ".", "..")) return true;
    if (this.isUnary(beforeLeft, left)) return true;
    // An index touches its name already in the source; nothing else is written with brackets.
    if (isOne(right, "[") || (isFunction(left) && isOne(right, "("))) return true;
    if (isOne(right, "=")) return this.optionNameEnds.has(left.end);
    return isOne(left, "=") && this.optionValues.has(right.start);
  }

  private isUnary(before: Piece | undefined, piece: Piece): boolean {
    if (isOne(piece, "!")) return true;
    if (!isOne(piece, "-")) return false;
    return this.operandStarts.has(piece.start) || (before?.kind === "sign" && !isOne(before, ")", "]"));
  }

  private addOperand(operand: Operand): void {
    if (operand.kind === "word") this.words.set(operand.span.start, operand.span.end);
    else this.operandStarts.add(operand.span.start);
  }
}

const isOne = (piece: Piece, ...signs: readonly string[]): boolean =>
  piece.kind === "sign" && signs.includes(piece.text);

const isFunction = ({ kind, text }: Piece): boolean => kind === "name" && (text === "sizeof" || text === "exists");
