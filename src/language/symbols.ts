import type { Expression, NameExpression, Operand, Program, Span, Statement } from "./syntax";
import { describeVerb } from "./vocabulary";

export type SymbolKind = "handle" | "variable" | "region";

export interface Occurrence {
  readonly line: number;
  /** The bare name, without an index. */
  readonly span: Span;
  readonly role: "definition" | "reference";
  readonly statement: Statement;
}

export interface ProgramSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly occurrences: readonly Occurrence[];
}

export interface SymbolTable {
  readonly symbols: ReadonlyMap<string, ProgramSymbol>;
  readonly statements: ReadonlyMap<number, Statement>;
}

const tables = new WeakMap<Program, SymbolTable>();

/** Names of a program with all places where they stand; computed once a program. */
export function symbolsOf(program: Program): SymbolTable {
  let table = tables.get(program);
  if (table === undefined) {
    table = build(program);
    tables.set(program, table);
  }
  return table;
}

/** Where a handle, loop variable, heap or pool is bound and used, in the order of the text. */
export function occurrencesOf(program: Program, name: string): readonly Occurrence[] {
  return symbolsOf(program).symbols.get(name)?.occurrences ?? [];
}

/** The statement on a line, `repeat` and `end` included. */
export function statementAt(program: Program, line: number): Statement | undefined {
  return symbolsOf(program).statements.get(line);
}

/** Every bare name of a statement: its span, what it is if it binds here, and whether it names a region. */
export function namesOf(statement: Statement): { name: string; span: Span; kind: SymbolKind | null; binds: boolean }[] {
  const found: ReturnType<typeof namesOf> = [];
  const addName = (node: NameExpression, binds: boolean) => {
    const { start } = node.span;
    const span = { start, end: start + node.name.length };
    found.push({ name: node.name, span, kind: binds ? "handle" : null, binds });
    if (node.index !== null) visit(node.index);
  };
  const visit = (node: Expression): void => {
    if (node.kind === "name") addName(node, false);
    else if (node.kind === "sizeof") addName(node.handle, false);
    else if (node.kind === "exists") {
      found.push({ name: node.region, span: node.regionSpan, kind: "region", binds: false });
    } else if (node.kind === "unary") visit(node.operand);
    else if (node.kind === "binary") {
      visit(node.left);
      visit(node.right);
    } else if (node.kind === "member") {
      const { start } = node.span;
      found.push({ name: node.object, span: { start, end: start + node.object.length }, kind: "region", binds: false });
    }
  };
  const visitOperand = (operand: Operand, isName: boolean, binds: SymbolKind | null): void => {
    if (operand.kind === "expression") visit(operand.expression);
    else if (operand.kind === "range") {
      visit(operand.from);
      visit(operand.to);
    } else if (operand.kind === "word" && isName) {
      found.push({ name: operand.word, span: operand.span, kind: binds ?? "region", binds: binds !== null });
    }
  };
  if (statement.target !== null) addName(statement.target, true);
  const description = describeVerb(statement.verb);
  for (const [key, operand] of Object.entries(statement.operands)) {
    const type = description?.patterns.flat().find((element) => element.kind === "operand" && element.name === key);
    visitOperand(operand, type?.kind === "operand" && type.type === "name", bindingOperand(statement.verb));
  }
  for (const option of Object.values(statement.options)) {
    const type = description?.options.find((entry) => entry.name === option.name)?.type;
    visitOperand(option.value, type === "name", null);
  }
  return found;
}

function bindingOperand(verb: string): SymbolKind | null {
  if (verb === "repeat") return "variable";
  return ["heap", "pool", "slab"].includes(verb) ? "region" : null;
}

function build(program: Program): SymbolTable {
  const symbols = new Map<string, { name: string; kind: SymbolKind; occurrences: Occurrence[] }>();
  const statements = new Map<number, Statement>();
  const unresolved: { name: string; occurrence: Occurrence }[] = [];
  for (const { statement } of program.instructions) {
    if (statements.has(statement.line)) continue;
    statements.set(statement.line, statement);
    for (const { name, span, kind, binds } of namesOf(statement)) {
      const occurrence: Occurrence = {
        line: statement.line,
        span,
        role: binds ? "definition" : "reference",
        statement,
      };
      if (!binds || kind === null) unresolved.push({ name, occurrence });
      else {
        const symbol = symbols.get(name);
        if (symbol === undefined) symbols.set(name, { name, kind, occurrences: [occurrence] });
        else symbol.occurrences.push(occurrence);
      }
    }
  }
  // Names that nothing binds are statistics or mistakes, no symbols.
  for (const { name, occurrence } of unresolved) symbols.get(name)?.occurrences.push(occurrence);
  for (const symbol of symbols.values()) {
    symbol.occurrences.sort((a, b) => a.line - b.line || a.span.start - b.span.start);
  }
  return { symbols, statements };
}
