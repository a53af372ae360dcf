import {
  countInOrder,
  lineOfInstruction,
  statementOfInstruction,
  statementsPerTurn,
} from "../parsing/statementsByLine";
import { ProgramSymbol, type Occurrence } from "./ProgramSymbol";
import { visitNames, type NameVisitor } from "./statementNames";
import type { SymbolKind } from "../vocabulary/vocabularyTypes";
import type { Program } from "../parsing/syntax";
import { SharedWork, runToEnd, type Work } from "../coroutines";

/** By {@link symbolKey}. */
export type Symbols = ReadonlyMap<string, ProgramSymbol>;

const known = new WeakMap<Program, SharedWork<Symbols>>();

/** Names of a program with all places where they stand; computed once a program. */
export function symbolsOf(program: Program): Symbols {
  return runToEnd(symbolsYielding(program));
}

/** The same with yields. */
export function symbolsYielding(program: Program): Work<Symbols> {
  let work = known.get(program);
  if (work === undefined) known.set(program, (work = new SharedWork(findSymbols(program))));
  return work.wait();
}

/** Processes and their areas have names of their own: a heap `main` is not the process `main`. */
export function symbolKey(name: string, kind: SymbolKind | null): string {
  return kind === "process" || kind === "area" ? `${kind} ${name}` : name;
}

/** Where a name is bound and used, in the order of the text; a handle, loop variable, heap or pool without a kind. */
export function occurrencesOf(program: Program, name: string, kind: SymbolKind | null = null): readonly Occurrence[] {
  return symbolsOf(program).get(symbolKey(name, kind))?.occurrences ?? [];
}

/** Definitions first: a name that nothing binds is a statistic or a mistake, and no symbol. */
function* findSymbols(program: Program): Work<Symbols> {
  const symbols = new Map<string, ProgramSymbol>();
  let index = 0;
  const define: NameVisitor = (name, _start, kind, binds) => {
    if (!binds || kind === null) return;
    const key = symbolKey(name, kind);
    if (symbols.has(key)) return;
    symbols.set(key, new ProgramSymbol(program, name, kind, lineOfInstruction(program, index)));
  };
  const place: NameVisitor = (name, start, kind, binds) => {
    symbols.get(symbolKey(name, kind))?.add(index, start, binds);
  };
  for (const visitor of [define, place]) {
    const count = countInOrder(program);
    for (index = 0; index < count; index++) {
      if (index % statementsPerTurn === 0) yield;
      visitNames(statementOfInstruction(program, index), visitor);
    }
  }
  return symbols;
}
