import { countInOrder, lineOfInstruction, statementOfInstruction } from "../parsing/statementsByLine";
import { namesOf } from "./statementNames";
import type { SymbolKind } from "../vocabulary/vocabularyTypes";
import type { Operand, Program, Span, Statement } from "../parsing/syntax";
import { runToEnd, type Work } from "../coroutines";

export interface OutlineNode {
  readonly name: string;
  readonly kind: SymbolKind | "vm";
  /** Size and kind as the script writes them: `100 B`, `64KiB best-fit`, `10 × 64 B`. */
  readonly detail: string;
  readonly line: number;
  /** Of the name, or of the verb where the script gives none. */
  readonly span: Span;
  readonly statement: Statement;
  readonly children: readonly OutlineNode[];
}

interface Growing extends OutlineNode {
  readonly children: Growing[];
}

/**
 * The script as a tree, in the order of the text: blocks below the heap or pool that serves them, processes below the
 * virtual memory, regions, guards and segments below the process that is current on their line.
 */
export function outlineOf(program: Program): OutlineNode[] {
  return runToEnd(outlineYielding(program));
}

/** Statements looked at between two yields. */
const statementsPerPause = 256;

/** {@link outlineOf} with yields. */
export function* outlineYielding(program: Program): Work<OutlineNode[]> {
  const roots: Growing[] = [];
  const regions = new Map<string, Growing>();
  const processes = new Map<string, Growing>();
  const seen = new Set<string>();
  let firstHeap: Growing | undefined;
  let vm: Growing | undefined;
  let current: Growing | undefined;
  for (let index = 0, count = countInOrder(program); index < count; index++) {
    if (index % statementsPerPause === 0) yield;
    const statement = statementOfInstruction(program, index);
    const line = lineOfInstruction(program, index);
    const { verb } = statement;
    if (verb === "vm") roots.push((current = vm = nodeOf("vm", "vm", statement.verbSpan, line, statement)));
    if (verb === "switch") current = processes.get(wordOf(statement, "name") ?? "") ?? vm;
    const bound = namesOf(statement).filter(({ binds }) => binds);
    // A heap without a name is called `heap`.
    const names =
      verb === "heap" && bound.length === 0
        ? [{ name: "heap", span: statement.verbSpan, kind: "region" as const }]
        : bound;
    for (const { name, span, kind } of names) {
      if (kind === null) continue;
      if ((kind === "handle" || kind === "variable") && seen.has(name)) continue;
      seen.add(name);
      const node = nodeOf(name, kind, span, line, statement);
      if (verb === "heap") firstHeap ??= node;
      if (kind === "region") regions.set(name, node);
      if (kind === "process") processes.set(name, node);
      const from = wordOf(statement, "from");
      const parent =
        kind === "process"
          ? vm
          : kind === "area"
            ? current
            : from !== undefined
              ? regions.get(from)
              : verb === "alloc" || verb === "calloc"
                ? firstHeap
                : undefined;
      (parent?.children ?? roots).push(node);
    }
  }
  return roots;
}

/** The last line that a node or one below it stands on. */
export function lastLineOf({ line, children }: OutlineNode): number {
  return children.reduce((last, child) => Math.max(last, lastLineOf(child)), line);
}

function nodeOf(name: string, kind: OutlineNode["kind"], span: Span, line: number, statement: Statement): Growing {
  return { name, kind, detail: detailOf(statement), line, span, statement, children: [] };
}

function detailOf(statement: Statement): string {
  const written = (name: string): string => textOf(statement, operandOf(statement, name));
  const optional = (name: string): string => textOf(statement, optionOf(statement, name));
  const words = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");
  const bytes = (text: string): string => (/^[0-9][0-9_]*$/.test(text) ? `${text} B` : text);
  switch (statement.verb) {
    case "alloc":
    case "realloc":
      return bytes(written("size"));
    case "heap":
      return words(bytes(written("size")), optional("policy"));
    case "pool":
    case "calloc":
      return `${written("count")} × ${bytes(written("size"))}`;
    case "slab":
    case "cache":
      return bytes(written("size"));
    case "vm":
      return words(
        optional("frames"),
        optional("frames") === "" || optional("page") === "" ? "" : "×",
        bytes(optional("page")),
      );
    case "region":
    case "guard":
      return words(written("pages"), written("flags"));
    case "segment":
      return words(bytes(written("limit")), written("flags"));
    case "repeat":
      return `${written("count")} ×`;
    case "process":
    case "fork":
      return "";
    default:
      return statement.text;
  }
}

function operandOf(statement: Statement, name: string): Operand | undefined {
  return (statement.operands as Readonly<Partial<Statement["operands"]>>)[name];
}

function optionOf(statement: Statement, name: string): Operand | undefined {
  return (statement.options as Readonly<Partial<Statement["options"]>>)[name]?.value;
}

function wordOf(statement: Statement, name: string): string | undefined {
  const operand = operandOf(statement, name) ?? optionOf(statement, name);
  return operand?.kind === "word" ? operand.word : undefined;
}

/** As the script writes it. Spans are of the line; the statement's text begins with its own. */
function textOf({ span, text }: Statement, operand: Operand | undefined): string {
  return operand === undefined ? "" : text.slice(operand.span.start - span.start, operand.span.end - span.start);
}
