import type { Token } from "./scanner";
import type { Span } from "./syntax";
import type { BadValue, SyntaxError, SyntaxFacts } from "./syntaxProblems";

/** A mistake in a line. */
export type Failure = SyntaxFacts & { readonly span: Span };

/** Walks the tokens of one line. Parsing functions return null after they recorded a failure here; the first one counts. */
export class Cursor {
  index: number;
  failure: Failure | null = null;
  /** Open parentheses and unary operators; bounded, so that no line exhausts the stack. */
  depth = 0;
  operators = 0;

  constructor(
    readonly text: string,
    readonly tokens: readonly Token[],
    start = 0,
  ) {
    this.index = start;
  }

  get atEnd(): boolean {
    return this.index >= this.tokens.length;
  }

  get token(): Token | undefined {
    return this.tokens[this.index];
  }

  get next(): Token | undefined {
    return this.tokens[this.index + 1];
  }

  get previous(): Token | undefined {
    return this.tokens[this.index - 1];
  }

  isSign(text: string): boolean {
    const token = this.token;
    return token?.kind === "sign" && token.text === text;
  }

  /** Whether white space stands before the current token. */
  get isSpaced(): boolean {
    return this.token !== undefined && this.previous !== undefined && this.token.start > this.previous.end;
  }

  /** Whether the next token follows the current one without white space. */
  get isNextAdjacent(): boolean {
    return this.token !== undefined && this.next !== undefined && this.next.start === this.token.end;
  }

  fail(facts: SyntaxError, span: Span = this.here): null {
    return this.failAs({ id: "syntax-error", facts }, span);
  }

  /** A value that cannot be meant. */
  refuse(facts: BadValue, span: Span): null {
    return this.failAs({ id: "bad-operand", facts }, span);
  }

  failAs(problem: SyntaxFacts, { start, end }: Span): null {
    this.failure ??= { ...problem, span: { start, end } };
    return null;
  }

  /** The current token, or at the end of the line the last one. */
  get here(): Span {
    const token = this.token ?? this.previous;
    return token === undefined ? { start: 0, end: 0 } : { start: token.start, end: token.end };
  }

  /** The text of the current token, null at the end of the line. */
  get found(): string | null {
    return this.token?.text ?? null;
  }

  /** End of the run of adjacent names, numbers and `-` from a token on, the current one when left out: `best-fit`, `r-x`. An index of tokens. */
  wordEnd(from = this.index): number {
    let end = from;
    let column = this.tokens[from]?.start;
    for (let token = this.tokens[from]; token !== undefined && token.start === column; token = this.tokens[end]) {
      if (token.kind !== "name" && token.kind !== "number" && token.text !== "-") break;
      column = token.end;
      end += 1;
    }
    return end;
  }

  /** Goes to the next option from the current token on, or to the end of the line. */
  skipToOption(): void {
    while (!this.atEnd && !this.isOption) this.index += 1;
  }

  /** Whether `name=` comes next; names of options may hold `-`. */
  get isOption(): boolean {
    return this.isOptionAt(this.index);
  }

  isOptionAt(index: number): boolean {
    if (this.tokens[index]?.kind !== "name") return false;
    return isAssignment(this.tokens[index + 1]) || isAssignment(this.tokens[this.wordEnd(index)]);
  }
}

function isAssignment(token: Token | undefined): boolean {
  return token?.kind === "sign" && token.text === "=";
}
