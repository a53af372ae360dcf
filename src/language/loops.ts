import type { Expression, Instruction, Operand, Span, Statement, SyntaxProblem } from "./syntax";

interface OpenLoop {
  readonly statement: Statement;
  readonly variable: string | null;
  /** Index of the `repeat` instruction. */
  readonly index: number;
  /** Whether the `repeat` line itself has a problem already. */
  readonly isBroken: boolean;
}

/** Where a builder was between two lines. */
export interface LoopMark {
  readonly instructions: number;
  readonly problems: number;
  readonly open: readonly OpenLoop[];
  readonly lastClosed: { readonly start: number; readonly end: number } | null;
}

/** Collects statements and turns `repeat` and `end` into jumps. */
export class LoopBuilder {
  private instructions: Instruction[] = [];
  private problems: SyntaxProblem[] = [];
  private open: OpenLoop[] = [];
  private lastClosed: LoopMark["lastClosed"] = null;

  /** How many loops are open: what a mark weighs. */
  get depth(): number {
    return this.open.length;
  }

  mark(): LoopMark {
    const { instructions, problems, open, lastClosed } = this;
    return { instructions: instructions.length, problems: problems.length, open: [...open], lastClosed };
  }

  /** Another builder that goes on from a mark of this one. Loops open there are closed by it, so that their jumps are its own. */
  since(mark: LoopMark): LoopBuilder {
    const next = new LoopBuilder();
    next.instructions = this.instructions.slice(0, mark.instructions);
    next.problems = this.problems.slice(0, mark.problems);
    next.open = [...mark.open];
    next.lastClosed = mark.lastClosed;
    return next;
  }

  /** Takes the next statement; one that is no `repeat` and no `end` becomes an instruction as it is. */
  add(next: Extract<Instruction, { kind: "statement" }>): void {
    const { statement } = next;
    if (statement.verb === "repeat") this.begin(statement, variableOf(statement), false);
    else if (statement.verb === "end") this.close(statement);
    else this.instructions.push(next);
  }

  /** A `repeat` line with a mistake: its body runs once, so that its `end` and its variable are no mistakes as well. */
  addBroken(text: string, line: number): void {
    const span = { start: text.length - text.trimStart().length, end: Math.min(text.length, 200) };
    const variable = /\bas[ \t]+([A-Za-z_][A-Za-z0-9_]*)/.exec(text.slice(0, 200))?.[1] ?? null;
    const statement = onceStatement(text.slice(span.start, span.end), line, span);
    this.begin(statement, variable, true);
  }

  finish(): { readonly instructions: readonly Instruction[]; readonly problems: readonly SyntaxProblem[] } {
    for (let loop = this.open.pop(); loop !== undefined; loop = this.open.pop()) {
      if (!loop.isBroken) {
        const related =
          this.lastClosed === null
            ? []
            : [
                {
                  line: this.lastClosed.end,
                  message: `This \`end\` closes the \`repeat\` of line ${this.lastClosed.start + 1}.`,
                },
              ];
        this.problems.push({
          id: "syntax-error",
          line: loop.statement.line,
          span: loop.statement.verbSpan,
          message: "This `repeat` has no `end`; its lines run once.",
          related,
        });
      }
      const { line, span, text } = loop.statement;
      this.exitAt(loop, onceStatement(text, line, span));
    }
    return { instructions: this.instructions, problems: this.problems };
  }

  private begin(statement: Statement, variable: string | null, isBroken: boolean): void {
    const index = this.instructions.length;
    this.open.push({ statement, variable, index, isBroken });
    this.instructions.push({ kind: "repeat", statement, variable, exit: index + 1 });
  }

  private close(end: Statement): void {
    const loop = this.open.pop();
    if (loop !== undefined) {
      this.lastClosed = { start: loop.statement.line, end: end.line };
      this.exitAt(loop, loop.statement, end);
      return;
    }
    const related =
      this.lastClosed === null
        ? []
        : [
            { line: this.lastClosed.start, message: "The last `repeat` before it starts here …" },
            { line: this.lastClosed.end, message: "… and is closed here already." },
          ];
    const message = "This `end` closes nothing: there is no open `repeat` before it.";
    this.problems.push({ id: "syntax-error", line: end.line, span: end.verbSpan, message, related });
  }

  /** Writes the loop's `end` instruction and, knowing the exit now, its `repeat` instruction. */
  private exitAt(loop: OpenLoop, repeat: Statement, end: Statement = repeat): void {
    const { variable, index } = loop;
    this.instructions.push({ kind: "end", statement: end, start: index + 1 });
    this.instructions[index] = { kind: "repeat", statement: repeat, variable, exit: this.instructions.length };
  }
}

function variableOf(statement: Statement): string | null {
  const operands: Readonly<Partial<Record<string, Operand>>> = statement.operands;
  const operand = operands["variable"];
  return operand?.kind === "word" ? operand.word : null;
}

/** A `repeat` of one round in the place of one that cannot be executed as it stands. */
function onceStatement(text: string, line: number, span: Span): Statement {
  const expression: Expression = { kind: "number", value: 1, span };
  const operands: Statement["operands"] = { count: { kind: "expression", expression, span } };
  const verbSpan = { start: span.start, end: Math.min(span.start + "repeat".length, span.end) };
  return { line, span, text, verb: "repeat", verbSpan, target: null, operands, options: {} };
}
