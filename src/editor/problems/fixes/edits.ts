import type { Operand, Program, Span, Statement } from "../../../language/parsing/syntax";
import { loopsOf, statementAt, type LoopLines } from "../../../language/parsing/statementsByLine";

/** A change of the text; `insert-line` replaces nothing: its text becomes a whole line before `line`. */
export type TextEdit =
  | { readonly kind: "insert-line"; readonly line: number; readonly newText: string }
  | { readonly kind: "delete-line"; readonly line: number }
  | {
      readonly kind: "replace";
      readonly line: number;
      readonly column: number;
      readonly endColumn: number;
      readonly newText: string;
    };

/** One way to mend a problem. The kind and its words make the title; no two edits touch the same line. */
export interface Fix {
  readonly kind: "insert-free" | "move-free" | "delete-line" | "free-instead" | "replace" | "insert" | "drop-frame";
  /** What the title names: a handle, a word, a line's text. */
  readonly word: string;
  readonly line: number;
  readonly edits: readonly TextEdit[];
}

export function insertBefore(program: Program, line: number, text: string): Fix {
  const indentation = indentationOf(program, line);
  return {
    kind: "insert",
    word: text,
    line,
    edits: [{ kind: "insert-line", line, newText: indentation + text }],
  };
}

/** Replaces part of a line. */
export function replace(line: number, { start, end }: Span, newText: string): Fix {
  return {
    kind: "replace",
    word: newText,
    line,
    edits: [{ kind: "replace", line, column: start, endColumn: end, newText }],
  };
}

export function deleteLine(line: number): Fix {
  return { kind: "delete-line", word: "", line, edits: [{ kind: "delete-line", line }] };
}

export function indentationOf(program: Program, line: number): string {
  return /^\s*/.exec(program.lines[line] ?? "")![0];
}

/** The operand of that name when the line was written with one. */
export function operandOn(program: Program, line: number, name: string): Operand | undefined {
  const operands: Readonly<Partial<Statement["operands"]>> | undefined = statementAt(program, line)?.operands;
  return operands?.[name];
}

export function sourceText(program: Program, line: number, { start, end }: Span): string {
  return (program.lines[line] ?? "").slice(start, end);
}

/** The number that an operand or an option's value is written as, or null. */
export function numberOf(operand: Operand | undefined): number | null {
  return operand?.kind === "expression" && operand.expression.kind === "number" ? operand.expression.value : null;
}

/** Loops that contain the line, outermost first. Unclosed loops are none. */
export function loopsAround(program: Program, line: number): LoopLines[] {
  return loopsOf(program)
    .filter(({ start, end }) => start < line && line < end)
    .reverse();
}
