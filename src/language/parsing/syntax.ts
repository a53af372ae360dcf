/**
 * What a parsed script is. Nodes are plain readonly data; columns are 0-based, half-open, in UTF-16 code units of their
 * line; lines are 0-based. (One-based numbers appear only at the DAP, VS Code and command-line edges.)
 */

import type { SyntaxFacts } from "./syntaxProblems";

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "%" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "&&" | "||";

export type Expression =
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  /** A handle, loop variable or statistic; `index` for `b[i]`, the brackets included in the span. */
  | { readonly kind: "name"; readonly name: string; readonly index: Expression | null; readonly span: Span }
  /** A statistic of a named heap or pool, `main.used`. */
  | { readonly kind: "member"; readonly object: string; readonly property: string; readonly span: Span }
  /**
   * `faults`, `vm.faults` or `cache.hits` where no handle or region of that name may stand in for it. No script says this: a
   * grade makes it of the names in hidden expectations.
   */
  | {
      readonly kind: "statistic";
      readonly object: StatisticObject | null;
      readonly property: string;
      readonly span: Span;
    }
  | { readonly kind: "sizeof"; readonly handle: NameExpression; readonly span: Span }
  /** Whether a heap, pool or slab cache of the name is there. */
  | { readonly kind: "exists"; readonly region: string; readonly regionSpan: Span; readonly span: Span }
  | { readonly kind: "unary"; readonly operator: "-" | "!"; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    };
/** What has statistics without being declared under a name. */
export type StatisticObject = "vm" | "cache";
export type NameExpression = Extract<Expression, { kind: "name" }>;

/** The value of one operand or option, by the kind that the vocabulary gives it. */
export type Operand =
  | { readonly kind: "expression"; readonly expression: Expression; readonly span: Span }
  /** Half-open, `0x1000..0x3000`; a lone expression where a range may stand is `expression`. */
  | { readonly kind: "range"; readonly from: Expression; readonly to: Expression; readonly span: Span }
  | { readonly kind: "string"; readonly text: string; readonly bytes: Uint8Array; readonly span: Span }
  /** A bare word: a name of a heap, pool or process, a choice such as `best-fit`, flags such as `rwx`, a problem id. */
  | { readonly kind: "word"; readonly word: string; readonly span: Span };

export interface OptionNode {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Operand;
  readonly span: Span;
}

/** What one executable line says, wherever it stands. `verb` is a name of the vocabulary. */
export interface Statement {
  /** From the first to the last token, comment excluded. */
  readonly span: Span;
  /** The line's source text within `span`. */
  readonly text: string;
  readonly verb: string;
  readonly verbSpan: Span;
  /** The handle before `=`, or null. */
  readonly target: NameExpression | null;
  /** By the operand names of the vocabulary; optional operands that were not written are absent. */
  readonly operands: Readonly<Record<string, Operand>>;
  readonly options: Readonly<Record<string, OptionNode>>;
}

/** A statement and the line where it stands. */
export interface PlacedStatement {
  readonly line: number;
  readonly statement: Statement;
}

/**
 * The script flattened for execution: statements with jumps for `repeat`, so that "where am I" is one index and a
 * short stack of loop counters.
 */
export type Instruction =
  | { readonly kind: "statement"; readonly statement: Statement }
  /** Enters a loop of `count` rounds, or jumps past the matching `end` (index `exit`) when count <= 0. */
  | { readonly kind: "repeat"; readonly statement: Statement; readonly variable: string | null; readonly exit: number }
  /** Goes back to index `start` (the instruction after the repeat) while rounds remain. */
  | { readonly kind: "end"; readonly statement: Statement; readonly start: number };

/** A mistake found without running the script. */
export type SyntaxProblem = SyntaxFacts & { readonly line: number; readonly span: Span };

/**
 * A line with a syntax problem contributes no instruction; all others do. The one exception keeps a mistake from
 * cascading: a `repeat` that is unclosed or has a bad count runs its body once, its variable being 0.
 */
export interface Program {
  /** Line texts without their terminators (\n, \r\n or \r; a leading byte-order mark is dropped). */
  readonly lines: readonly string[];
  readonly instructions: readonly Instruction[];
  /** By instruction: the line where it stands. It is no part of them, so that a line that moves stays what it is. */
  readonly lineOf: readonly number[];
  readonly problems: readonly SyntaxProblem[];
}
