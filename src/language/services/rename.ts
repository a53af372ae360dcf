import { statementAt } from "../parsing/statementsByLine";
import { tokenAt } from "./queries";
import { scanLine } from "../parsing/scanner";
import type { ProgramSymbol } from "./ProgramSymbol";
import { symbolKinds, type SymbolKind } from "../vocabulary/vocabularyTypes";
import { symbolKey, symbolsOf } from "./symbols";
import type { Program, Span } from "../parsing/syntax";
import { isReserved } from "../vocabulary/vocabulary";

/** A name that the script gives, as it stands at a position, and all its places. */
export interface Nameable {
  readonly name: string;
  readonly kind: SymbolKind;
  /** Of the bare name at the position. */
  readonly span: Span;
  readonly symbol: ProgramSymbol;
}

export type RenameRefusal =
  /** Nothing that has a name of the script's own. */
  | { readonly kind: "no-name" }
  /** No line gives the name: the process `main`, the heap that has none of its own, regions of a layout. */
  | { readonly kind: "given"; readonly name: string }
  | { readonly kind: "bad-name"; readonly name: string }
  /** Conditions would read the statistic instead. */
  | { readonly kind: "statistic"; readonly name: string }
  | { readonly kind: "taken"; readonly name: string }
  /** The line has a mistake and the name: what it means there is not known. */
  | { readonly kind: "unread-line"; readonly name: string; readonly line: number };

/** The name at a position, or why none there can be renamed. */
export function nameableAt(program: Program, line: number, column: number): Nameable | RenameRefusal {
  const token = tokenAt(program, line, column);
  const name = token === undefined ? undefined : /^[A-Za-z_][A-Za-z0-9_]*/.exec(token.text)?.[0];
  const kind = symbolKinds.find((each) => each === token?.kind);
  if (token === undefined || name === undefined || kind === undefined) return { kind: "no-name" };
  const symbol = symbolsOf(program).get(symbolKey(name, kind));
  if (symbol === undefined) return { kind: "given", name };
  const { start } = token.span;
  return { name, kind, span: { start, end: start + name.length }, symbol };
}

/** Why a name cannot become `newName`; null when it can. */
export function refusalOf(
  program: Program,
  { name, kind }: Nameable,
  newName: string,
  statistics: ReadonlySet<string>,
): RenameRefusal | null {
  if (newName === name) return null;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(newName) || isReserved(newName)) return { kind: "bad-name", name: newName };
  const isValue = kind === "handle" || kind === "variable";
  if (isValue && statistics.has(newName)) return { kind: "statistic", name: newName };
  if (isTaken(program, newName, kind)) return { kind: "taken", name: newName };
  const line = lineNotUnderstood(program, name);
  return line === undefined ? null : { kind: "unread-line", name, line };
}

function isTaken(program: Program, name: string, kind: SymbolKind): boolean {
  // The process `main` is there from the beginning.
  return symbolsOf(program).has(symbolKey(name, kind)) || (kind === "process" && name === "main");
}

/** The first line with a mistake that holds the name. */
function lineNotUnderstood(program: Program, name: string): number | undefined {
  const lines = program.problems.map(({ line }) => line).filter((line) => statementAt(program, line) === undefined);
  return lines.find((line) =>
    scanLine(program.lines[line] ?? "").tokens.some((token) => token.kind === "name" && token.text === name),
  );
}
