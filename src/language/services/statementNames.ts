import type { Expression, NameExpression, Operand, Span, Statement } from "../parsing/syntax";
import { describeVerb } from "../vocabulary/vocabulary";

/** A `region` is a heap, pool, slab cache or cache of the processor; an `area` is a region of a process, a guard or a segment. */
export type SymbolKind = "handle" | "variable" | "region" | "process" | "area";

export function isSymbolKind(kind: string): kind is SymbolKind {
  return ["handle", "variable", "region", "process", "area"].includes(kind);
}

/** Takes a bare name: where it begins, what it is if it binds here or names a region, else null, and whether it binds. */
export type NameVisitor = (name: string, start: number, kind: SymbolKind | null, binds: boolean) => void;

/** Visits every bare name of a statement. */
export function visitNames(statement: Statement, visitor: NameVisitor): void {
  const { target, verb } = statement;
  if (target !== null) visitName(target, true, visitor);
  const { operands, options } = nameSlots(verb);
  for (const key in statement.operands) {
    const operand = statement.operands[key];
    if (operand.kind !== "word") visitOperand(operand, visitor);
    else if (operands.has(key)) visitor(operand.word, operand.span.start, namedBy(verb), bindingVerbs.has(verb));
  }
  for (const key in statement.options) {
    const { name, value } = statement.options[key];
    if (value.kind !== "word") visitOperand(value, visitor);
    else if (options.has(name)) visitor(value.word, value.span.start, namedByOption(name), false);
  }
}

function visitName(node: NameExpression, binds: boolean, visitor: NameVisitor): void {
  visitor(node.name, node.span.start, binds ? "handle" : null, binds);
  if (node.index !== null) visitExpression(node.index, visitor);
}

function visitOperand(operand: Operand, visitor: NameVisitor): void {
  if (operand.kind === "expression") visitExpression(operand.expression, visitor);
  else if (operand.kind === "range") {
    visitExpression(operand.from, visitor);
    visitExpression(operand.to, visitor);
  }
}

function visitExpression(node: Expression, visitor: NameVisitor): void {
  switch (node.kind) {
    case "name":
      visitName(node, false, visitor);
      return;
    case "sizeof":
      visitName(node.handle, false, visitor);
      return;
    case "exists":
      visitor(node.region, node.regionSpan.start, "region", false);
      return;
    case "unary":
      visitExpression(node.operand, visitor);
      return;
    case "binary":
      visitExpression(node.left, visitor);
      visitExpression(node.right, visitor);
      return;
    case "member":
      visitor(node.object, node.span.start, "region", false);
      return;
    case "number":
      return;
  }
}

export interface BareName {
  readonly name: string;
  readonly span: Span;
  /** What it is if it binds here, or whether it names a region. */
  readonly kind: SymbolKind | null;
  readonly binds: boolean;
}

/** Every bare name of a statement. */
export function namesOf(statement: Statement): BareName[] {
  const found: BareName[] = [];
  visitNames(statement, (name, start, kind, binds) => {
    found.push({ name, span: { start, end: start + name.length }, kind, binds });
  });
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
