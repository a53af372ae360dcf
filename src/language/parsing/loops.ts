import type {
  Expression,
  Instruction,
  Operand,
  PlacedStatement,
  Program,
  Span,
  Statement,
  SyntaxProblem,
} from "./syntax";

interface OpenLoop extends PlacedStatement {
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
  readonly lastClosed: { readonly startLine: number; readonly endLine: number } | null;
}

/** Collects statements and turns `repeat` and `end` into jumps. */
export class LoopBuilder {
  private instructions: Instruction[] = [];
  private lineOf: number[] = [];
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
    next.lineOf = this.lineOf.slice(0, mark.instructions);
    next.problems = this.problems.slice(0, mark.problems);
    next.open = [...mark.open];
    next.lastClosed = mark.lastClosed;
    return next;
  }

  /** Takes the next statement; one that is no `repeat` and no `end` becomes an instruction as it is. */
  add(next: Extract<Instruction, { kind: "statement" }>, line: number): void {
    const { statement } = next;
    if (statement.verb === "repeat") this.begin({ line, statement, variable: variableOf(statement), isBroken: false });
    else if (statement.verb === "end") this.close(statement, line);
    else this.push(next, line);
  }

  /** A `repeat` line with a mistake: its body runs once, so that its `end` and its variable are no mistakes as well. */
  addBroken(text: string, line: number): void {
    const span = { start: text.length - text.trimStart().length, end: Math.min(text.length, 200) };
    const variable = /\bas[ \t]+([A-Za-z_][A-Za-z0-9_]*)/.exec(text.slice(0, 200))?.[1] ?? null;
    const statement = onceStatement(text.slice(span.start, span.end), span);
    this.begin({ line, statement, variable, isBroken: true });
  }

  finish(): Pick<Program, "instructions" | "lineOf" | "problems"> {
    for (let loop = this.open.pop(); loop !== undefined; loop = this.open.pop()) {
      if (!loop.isBroken) {
        const facts = { kind: "open-loop", closed: this.lastClosed } as const;
        this.problems.push({ id: "syntax-error", line: loop.line, span: loop.statement.verbSpan, facts });
      }
      const { span, text } = loop.statement;
      this.exitAt(loop, onceStatement(text, span));
    }
    const { instructions, lineOf, problems } = this;
    return { instructions, lineOf, problems };
  }

  private push(instruction: Instruction, line: number): void {
    this.instructions.push(instruction);
    this.lineOf.push(line);
  }

  private begin(loop: Omit<OpenLoop, "index">): void {
    const { line, statement, variable } = loop;
    const index = this.instructions.length;
    this.open.push({ ...loop, index });
    this.push({ kind: "repeat", statement, variable, exit: index + 1 }, line);
  }

  private close(end: Statement, line: number): void {
    const loop = this.open.pop();
    if (loop !== undefined) {
      this.lastClosed = { startLine: loop.line, endLine: line };
      this.exitAt(loop, loop.statement, end, line);
      return;
    }
    const facts = { kind: "stray-end", closed: this.lastClosed } as const;
    this.problems.push({ id: "syntax-error", line, span: end.verbSpan, facts });
  }

  /** Writes the loop's `end` instruction and, knowing the exit now, its `repeat` instruction. */
  private exitAt(loop: OpenLoop, repeat: Statement, end = repeat, line = loop.line): void {
    const { variable, index } = loop;
    this.push({ kind: "end", statement: end, start: index + 1 }, line);
    this.instructions[index] = { kind: "repeat", statement: repeat, variable, exit: this.instructions.length };
  }
}

function variableOf(statement: Statement): string | null {
  const operands: Readonly<Partial<Record<string, Operand>>> = statement.operands;
  const operand = operands["variable"];
  return operand?.kind === "word" ? operand.word : null;
}

/** A `repeat` of one round in the place of one that cannot be executed as it stands. */
function onceStatement(text: string, span: Span): Statement {
  const expression: Expression = { kind: "number", value: 1, span };
  const operands: Statement["operands"] = { count: { kind: "expression", expression, span } };
  const verbSpan = { start: span.start, end: Math.min(span.start + "repeat".length, span.end) };
  return { span, text, verb: "repeat", verbSpan, target: null, operands, options: {} };
}
