import { statementAt, type LoopLines } from "../../../language/parsing/statementsByLine";
import type { Occurrence } from "../../../language/services/ProgramSymbol";
import { occurrencesOf, symbolsOf } from "../../../language/services/symbols";
import type { Expression, Program } from "../../../language/parsing/syntax";
import type { FactsOf } from "../../../machine/problems/catalogue";
import type { ProblemOf } from "../../../machine/problems/Problem";
import { nameAt, nameExpressionsOf } from "../../../language/services/statementNames";
import {
  deleteLine,
  indentationOf,
  insertBefore,
  loopsAround,
  operandOn,
  replace,
  sourceText,
  type Fix,
} from "./edits";

/** `h = realloc h 0` becomes `free h`, which says what is meant. */
export function freeInstead({ line, facts }: ProblemOf<"invalid-size">, program: Program): Fix[] {
  const statement = statementAt(program, line);
  const block = statement?.verb === "realloc" ? statement.operands["block"] : undefined;
  if (statement === undefined || block === undefined || facts.kind !== "realloc-to-nothing") return [];
  const text = `free ${sourceText(program, line, block.span)}`;
  return [{ ...replace(line, statement.span, text), kind: "free-instead" }];
}

/**
 * Where `free h` belongs: before the line that overwrites the handle, or after the handle's last use; inside the loop
 * that allocates, when it is used no further down.
 */
export function insertFree({ line, facts }: ProblemOf<"leak">, program: Program): Fix | undefined {
  const target = statementAt(program, line)?.target;
  if (target === null || target === undefined) return undefined;
  const handle = textOf(program, line, target);
  const end = loopAround(program, line)?.end ?? Infinity;
  const overwriting = overwritingLine(facts);
  if (line < overwriting && overwriting < end && overwrites(program, overwriting, handle, target.name)) {
    return insertion(program, overwriting, overwriting, handle);
  }
  const use = lastUse(program, target.name, line, end);
  const last = use?.line ?? line;
  // A use inside a deeper loop runs many times; the block must outlive that loop.
  const deeper = loopsAround(program, last).find((candidate) => line < candidate.start);
  const loopVariable = deeper !== undefined && target.index !== null && target.index.kind === "name";
  if (deeper !== undefined && !loopVariable) return insertion(program, deeper.end + 1, line, handle);
  const used = deeper === undefined || use === undefined ? undefined : nameAt(use.statement, use.span.start);
  return insertion(program, last + 1, last, used === undefined ? handle : textOf(program, last, used));
}

/** The line that may have overwritten the handle: where that was seen, or where a block begins that leads to the lost one. */
function overwritingLine(facts: FactsOf<"leak">): number {
  switch (facts.kind) {
    case "overwritten":
      return facts.overwritingLine;
    case "never-freed":
      return facts.from?.line ?? -1;
    default:
      return -1;
  }
}

/** Whether a line gives the handle another value. `h = realloc h` consumes the old block: freeing it first would be a mistake of its own. */
function overwrites(program: Program, line: number, handle: string, name: string): boolean {
  const statement = statementAt(program, line);
  if (statement === undefined || statement.target === null) return false;
  const { target } = statement;
  const isRead = nameExpressionsOf(statement).some((node) => node !== target && node.name === name);
  return !isRead && textOf(program, line, statement.target) === handle;
}

function insertion(program: Program, line: number, likeLine: number, handle: string): Fix {
  const newText = `${indentationOf(program, likeLine)}free ${handle}`;
  return { kind: "insert-free", word: handle, line, edits: [{ kind: "insert-line", line, newText }] };
}

function loopAround(program: Program, line: number): LoopLines | undefined {
  return loopsAround(program, line).at(-1);
}

function textOf(program: Program, line: number, expression: Expression): string {
  return (program.lines[line] ?? "").slice(expression.span.start, expression.span.end);
}

/** Where a bare name stands in a statement that executes, last of all on the lines between two others; undefined when nowhere. */
function lastUse(program: Program, name: string, after: number, before: number): Occurrence | undefined {
  const symbol = symbolsOf(program).get(name);
  for (let index = (symbol?.count ?? 0) - 1; index >= 0; index--) {
    const occurrence = symbol!.at(index);
    if (occurrence.line <= after) return undefined;
    const isUse = occurrence.role === "reference" && occurrence.statement.verb !== "repeat";
    if (isUse && occurrence.line < before) return occurrence;
  }
  return undefined;
}

/** Whether the handle stands there as a whole, with the index that it has or none. */
function isWritten(program: Program, handle: string, { line, span }: Occurrence): boolean {
  const text = program.lines[line] ?? "";
  return text.startsWith(handle, span.start) && (handle.endsWith("]") || text[span.start + handle.length] !== "[");
}

/** The second free of a block goes, when freeing is all that its line does. */
export function doubleFreeFixes({ line }: ProblemOf<"double-free">, program: Program): Fix[] {
  return /^\s*free\b/.test(program.lines[line] ?? "") ? [deleteLine(line)] : [];
}

/** The free that came too early moves behind the last use, or goes when the block is freed again there. */
export function useAfterFreeFixes({ line, facts }: ProblemOf<"use-after-free">, program: Program): Fix[] {
  const freed = facts.kind === "pool" ? undefined : facts.block.freed?.line;
  const block = freed === undefined ? undefined : operandOn(program, freed, "block");
  if (freed === undefined || block === undefined || line <= freed) return [];
  const sameLoop = loopAround(program, freed)?.start === loopAround(program, line)?.start;
  if (statementAt(program, freed)?.verb !== "free" || !sameLoop) return [];
  const handle = sourceText(program, freed, block.span);
  const name = /^\w+/.exec(handle)?.[0] ?? "";
  const later = occurrencesOf(program, name).filter(
    (occurrence) => freed < occurrence.line && isWritten(program, handle, occurrence),
  );
  const rebound = later.find(({ role }) => role === "definition")?.line ?? Infinity;
  const uses = later.filter(({ line: at, role }) => at < rebound && role === "reference");
  if (uses.some(({ statement }) => statement.verb === "free")) return [deleteLine(freed)];
  const last = uses.reduce((latest, use) => Math.max(latest, use.line), line);
  if (loopAround(program, last)?.start !== loopAround(program, freed)?.start) return [];
  const inserted = insertion(program, last + 1, last, handle);
  return [{ ...inserted, kind: "move-free", edits: [{ kind: "delete-line", line: freed }, ...inserted.edits] }];
}

/** The handle itself in place of a pointer into its block. */
export function interiorFreeFixes({ line, facts }: ProblemOf<"invalid-free">, program: Program): Fix[] {
  if (facts.kind !== "interior" || facts.operation !== "free" || facts.block.handle === null) return [];
  const offset = facts.address - facts.block.address;
  const block = operandOn(program, line, "block");
  if (block === undefined || offset < 0 || offset >= facts.block.requested) return [];
  return [replace(line, block.span, facts.block.handle)];
}

/** Zeros from the allocation on. */
export function uninitializedFixes({ facts }: ProblemOf<"uninitialized-read">, program: Program): Fix[] {
  const { handle, requested, line: origin } = facts.block;
  if (handle === null) return [];
  const text = `fill ${handle} ${requested} 0`;
  const before = insertBefore(program, origin + 1, text);
  const newText = indentationOf(program, origin) + text;
  return [{ ...before, edits: [{ kind: "insert-line", line: origin + 1, newText }] }];
}
