import type { Expression, NameExpression, Operand, Span, Statement } from "../parsing/syntax";
import { describeVerb, operandsOf } from "../vocabulary/vocabulary";
import type { OperandDescription, OperandType, OptionDescription, SymbolKind } from "../vocabulary/vocabularyTypes";

/**
 * Takes a bare name: where it begins, what it is if it binds here or names a region, else null, and whether it binds.
 * `node` is the expression whose name it is, with its index; undefined for names that are not expressions.
 */
export type NameVisitor = (
  name: string,
  start: number,
  kind: SymbolKind | null,
  binds: boolean,
  node?: NameExpression,
) => void;

/** Visits every bare name of a statement. */
export function visitNames(statement: Statement, visitor: NameVisitor): void {
  const { target, verb } = statement;
  if (target !== null) visitName(target, true, visitor);
  const { operands, options } = nameSlots(verb);
  // No list of entries is made: names are looked for in a hundred thousand statements at a time.
  for (const key in statement.operands) {
    const operand = statement.operands[key];
    if (operand === undefined) continue;
    if (operand.kind !== "word") visitOperand(operand, visitor);
    else {
      const slot = operands.get(key);
      if (slot !== undefined) visitor(operand.word, operand.span.start, namedBy(slot), slot.binds === true);
    }
  }
  for (const key in statement.options) {
    const option = statement.options[key];
    if (option === undefined) continue;
    const { name, value } = option;
    if (value.kind !== "word") visitOperand(value, visitor);
    else {
      const slot = options.get(name);
      if (slot !== undefined) visitor(value.word, value.span.start, namedBy(slot), false);
    }
  }
}

function visitName(node: NameExpression, binds: boolean, visitor: NameVisitor): void {
  visitor(node.name, node.span.start, binds ? "handle" : null, binds, node);
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
    case "statistic":
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

/** The handles, loop variables and statistics that a statement names, its target included. */
export function nameExpressionsOf(statement: Statement): NameExpression[] {
  const found: NameExpression[] = [];
  visitNames(statement, (_name, _start, _kind, _binds, node) => {
    if (node !== undefined) found.push(node);
  });
  return found;
}

/** The handle whose text, an index included, covers the column. */
export function nameAt(statement: Statement, column: number): NameExpression | undefined {
  const covering = nameExpressionsOf(statement).filter(({ span }) => span.start <= column && column <= span.end);
  // In `b[i]` the column of `i` lies in both: the shorter one is meant.
  return covering.sort((left, right) => left.span.end - left.span.start - (right.span.end - right.span.start))[0];
}

interface NameSlots {
  readonly operands: ReadonlyMap<string, OperandDescription>;
  readonly options: ReadonlyMap<string, OptionDescription>;
}

const slotsByVerb = new Map<string, NameSlots>();

/** Which operands and options of a verb are bare names. */
function nameSlots(verb: string): NameSlots {
  let slots = slotsByVerb.get(verb);
  if (slots === undefined) {
    const description = describeVerb(verb);
    const named = <Slot extends { readonly name: string; readonly type: OperandType }>(
      all: readonly Slot[],
    ): ReadonlyMap<string, Slot> =>
      new Map(all.filter(({ type }) => type === "name").map((slot) => [slot.name, slot] as const));
    slots = { operands: named(operandsOf(description)), options: named(description?.options ?? []) };
    slotsByVerb.set(verb, slots);
  }
  return slots;
}

/** What the bare name of an operand or option names: `in=editor` a process, `from=nodes` a heap or pool. */
export function namedBy({ names }: { readonly names?: SymbolKind }): SymbolKind {
  return names ?? "region";
}
