import { countInOrder, statementsPerTurn } from "./placed";
import type { Expression, NameExpression, Operand, Program, Span, Statement } from "./syntax";
import { SharedWork, toEnd } from "./turns";
import { describeVerb } from "./vocabulary";

/** A `region` is a heap, pool, slab cache or cache of the processor; an `area` is a region of a process, a guard or a segment. */
export type SymbolKind = "handle" | "variable" | "region" | "process" | "area";

export function isSymbolKind(kind: string): kind is SymbolKind {
  return ["handle", "variable", "region", "process", "area"].includes(kind);
}

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

/** By {@link symbolKey}. */
export type Symbols = ReadonlyMap<string, ProgramSymbol>;

const known = new WeakMap<Program, SharedWork<Symbols>>();

/** Names of a program with all places where they stand; computed once a program. */
export function symbolsOf(program: Program): Symbols {
  return toEnd(symbolsInTurns(program));
}

/** The same with pauses. */
export function* symbolsInTurns(program: Program): Generator<undefined, Symbols, undefined> {
  let work = known.get(program);
  if (work === undefined) known.set(program, (work = new SharedWork(findSymbols(program))));
  for (;;) {
    const found = work.advance();
    if (found !== null) return found.value;
    yield;
  }
}

/** Processes and their areas have names of their own: a heap `main` is not the process `main`. */
export function symbolKey(name: string, kind: SymbolKind | null): string {
  return kind === "process" || kind === "area" ? `${kind} ${name}` : name;
}

/** Where a name is bound and used, in the order of the text; a handle, loop variable, heap or pool without a kind. */
export function occurrencesOf(program: Program, name: string, kind: SymbolKind | null = null): readonly Occurrence[] {
  return symbolsOf(program).get(symbolKey(name, kind))?.occurrences ?? [];
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
  const visitOperand = (operand: Operand, isName: boolean, kind: SymbolKind, binds: boolean): void => {
    if (operand.kind === "expression") visit(operand.expression);
    else if (operand.kind === "range") {
      visit(operand.from);
      visit(operand.to);
    } else if (operand.kind === "word" && isName) {
      found.push({ name: operand.word, span: operand.span, kind, binds });
    }
  };
  if (statement.target !== null) addName(statement.target, true);
  const { operands, options } = nameSlots(statement.verb);
  for (const [key, operand] of Object.entries(statement.operands)) {
    visitOperand(operand, operands.has(key), namedBy(statement.verb), bindingVerbs.has(statement.verb));
  }
  for (const option of Object.values(statement.options)) {
    visitOperand(option.value, options.has(option.name), namedByOption(option.name), false);
  }
  return found;
}

interface NameSlots {
  readonly operands: ReadonlySet<string>;
  readonly options: ReadonlySet<string>;
}

const slotsByVerb = new Map<string, NameSlots>();

/** Which operands and options of a verb are bare names. */
function nameSlots(verb: string): NameSlots {
  let slots = slotsByVerb.get(verb);
  if (slots === undefined) {
    const { patterns = [], options = [] } = describeVerb(verb) ?? {};
    const operands = patterns
      .flat()
      .flatMap((element) => (element.kind === "operand" && element.type === "name" ? [element.name] : []));
    const named = options.filter(({ type }) => type === "name").map(({ name }) => name);
    slots = { operands: new Set(operands), options: new Set(named) };
    slotsByVerb.set(verb, slots);
  }
  return slots;
}

const bindingVerbs = new Set([
  "repeat",
  "heap",
  "pool",
  "slab",
  "cache",
  "process",
  "fork",
  "region",
  "guard",
  "segment",
]);

/** What the bare name in a statement names. */
export function namedBy(verb: string): SymbolKind {
  if (verb === "repeat") return "variable";
  if (["process", "switch", "fork", "exit"].includes(verb)) return "process";
  return ["region", "guard", "grow", "segment"].includes(verb) ? "area" : "region";
}

/** What the bare name of an option names: `in=editor` a process, `from=nodes` a heap or pool. */
export function namedByOption(option: string): SymbolKind {
  return option === "in" ? "process" : "region";
}

function* findSymbols(program: Program): Generator<undefined, Symbols, undefined> {
  const { instructions, lineOf } = program;
  const symbols = new Map<string, { name: string; kind: SymbolKind; occurrences: Occurrence[] }>();
  const unresolved: { key: string; occurrence: Occurrence }[] = [];
  for (let index = 0, count = countInOrder(program); index < count; index++) {
    if (index % statementsPerTurn === 0) yield;
    const { statement } = instructions[index];
    const line = lineOf[index];
    for (const { name, span, kind, binds } of namesOf(statement)) {
      const occurrence: Occurrence = { line, span, role: binds ? "definition" : "reference", statement };
      if (!binds || kind === null) unresolved.push({ key: symbolKey(name, kind), occurrence });
      else {
        const key = symbolKey(name, kind);
        const symbol = symbols.get(key);
        if (symbol === undefined) symbols.set(key, { name, kind, occurrences: [occurrence] });
        else symbol.occurrences.push(occurrence);
      }
    }
  }
  // Names that nothing binds are statistics or mistakes, no symbols.
  for (const [index, { key, occurrence }] of unresolved.entries()) {
    if (index % statementsPerTurn === 0) yield;
    symbols.get(key)?.occurrences.push(occurrence);
  }
  for (const symbol of symbols.values()) {
    yield;
    symbol.occurrences.sort((a, b) => a.line - b.line || a.span.start - b.span.start);
  }
  return symbols;
}
