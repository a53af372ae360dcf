import type { PlacedStatement, Program, Statement } from "../../language/parsing/syntax";

/** The lines of a program at which a run can stop: those that execute as steps. `repeat` and `end` are not steps. */
export class ExecutableLines {
  private readonly statements = new Map<number, Statement>();
  private readonly lines: readonly number[];

  constructor(readonly program: Program) {
    for (const [index, line] of program.lineOf.entries()) {
      const instruction = program.instructions[index];
      if (instruction?.kind === "statement") this.statements.set(line, instruction.statement);
    }
    this.lines = [...this.statements.keys()].sort((left, right) => left - right);
  }

  /** The line itself when it executes, else the next one that does, else undefined. 0-based. */
  snap(line: number): number | undefined {
    return this.lines.find((candidate) => line <= candidate);
  }

  statementAt(line: number): Statement | undefined {
    return this.statements.get(line);
  }

  /** Statements on the lines from `first` to `last`, both included. */
  between(first: number, last: number): PlacedStatement[] {
    return this.lines
      .filter((line) => first <= line && line <= last)
      .map((line) => ({ line, statement: this.statements.get(line)! }));
  }

  get first(): number | undefined {
    return this.lines[0];
  }
}
