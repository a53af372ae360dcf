import type { BinaryOperator, Expression, NameExpression, Span } from "../../language/parsing/syntax";
import { nearest } from "../../language/parsing/suggest";
import type { BadOperand } from "../problems/badOperand";
import type { UnknownName } from "../problems/unknownName";
import type { Value } from "../state/HandleTable";
import type { World } from "../state/World";
import { memberStatistic, objectsWith, ownStatistic, sourcesNamed, statistic } from "../inspect/statistics";
import { kindsWith, namesOf, statisticNames } from "../inspect/statisticTable";

/** Why an expression has no value. */
export type EvaluationError = { readonly span: Span } & (
  | { readonly id: "unknown-name"; readonly facts: UnknownName }
  | { readonly id: "bad-operand"; readonly facts: BadOperand }
);
export type Evaluation = { readonly value: Value; readonly isCondition: boolean } | { readonly error: EvaluationError };

const plain = (value: number): Evaluation => ({ value: { value, allocation: -1 }, isCondition: false });
const truth = (value: boolean): Evaluation => ({ value: { value: value ? 1 : 0, allocation: -1 }, isCondition: true });
const unknown = (facts: UnknownName, span: Span): Evaluation => ({ error: { id: "unknown-name", facts, span } });
const refuse = (facts: BadOperand, span: Span): Evaluation => ({ error: { id: "bad-operand", facts, span } });

/**
 * The value of an expression now, without any effect. A pointer plus or minus a number keeps the pointer's allocation;
 * the difference of two pointers is a number. `/` is exact division: sizes that come out as fractions are refused
 * where bytes are counted.
 */
export function evaluate(world: World, expression: Expression): Evaluation {
  const number = plainNumber(world, expression);
  return Number.isNaN(number) ? valueOf(world, expression) : plain(number);
}

/**
 * The value of an expression of numbers and loop variables alone, as most sizes and indices are: without an object for
 * each part. Not a number for all others, and where there is something to refuse.
 */
function plainNumber(world: World, expression: Expression): number {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "name":
      return (expression.index === null ? world.loopVariable(expression.name) : undefined) ?? NaN;
    case "unary":
      return expression.operator === "-" ? -plainNumber(world, expression.operand) : NaN;
    case "binary": {
      const left = plainNumber(world, expression.left);
      return Number.isNaN(left) ? NaN : arithmetic(expression.operator, left, plainNumber(world, expression.right));
    }
    default:
      return NaN;
  }
}

/** What an operator makes of two numbers that are no pointers; not a number when that is refused or a truth value. */
function arithmetic(operator: BinaryOperator, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? NaN : a / b;
    case "%":
      return a % b;
    default:
      return NaN;
  }
}

function valueOf(world: World, expression: Expression): Evaluation {
  switch (expression.kind) {
    case "number":
      return plain(expression.value);
    case "name":
      return nameValue(world, expression);
    case "member":
      return memberValue(world, expression.object, expression.property, expression.span);
    case "statistic":
      return statisticValue(world, expression);
    case "sizeof":
      return sizeOf(world, expression.handle, expression.span);
    case "exists":
      return truth(world.region(expression.region) !== undefined);
    case "unary": {
      const operand = valueOf(world, expression.operand);
      if ("error" in operand) return operand;
      return expression.operator === "-" ? plain(-operand.value.value) : truth(operand.value.value === 0);
    }
    case "binary":
      return binaryValue(world, expression);
  }
}

/** Things with a statistic that are named at most. */
const mostNamed = 3;

/** Handles whose names may be meant by a name that is not known. */
const mostSuggested = 1000;

/** `b` or `b[3]`: the key under which a handle is kept. */
export function handleName(
  world: World,
  name: NameExpression,
): { readonly name: string } | { readonly error: EvaluationError } {
  if (name.index === null) return { name: name.name };
  const index = evaluate(world, name.index);
  if ("error" in index) return index;
  const { value } = index.value;
  if (!Number.isSafeInteger(value) || value < 0) {
    const facts = { kind: "index", name: name.name, value } as const;
    return { error: { id: "bad-operand", facts, span: name.index.span } };
  }
  return { name: world.indexedNames.of(name.name, value) };
}

function nameValue(world: World, expression: NameExpression): Evaluation {
  const key = handleName(world, expression);
  if ("error" in key) return key;
  if (expression.index === null) {
    const variable = world.loopVariable(key.name);
    if (variable !== undefined) return plain(variable);
  }
  const handle = world.handles.get(key.name);
  if (handle !== undefined) return { value: handle, isCondition: false };
  const number = expression.index === null ? statistic(world, key.name) : undefined;
  if (number !== undefined) return plain(number);
  const isOwned = expression.index === null && world.region(key.name) === undefined;
  const owned = isOwned ? ownedStatistic(world, key.name) : null;
  if (owned !== null) return unknown({ kind: "statistic-of", ...owned }, expression.span);
  const known = [...statisticNames];
  world.handles.visit(0, mostSuggested, (name) => known.push(name));
  const kind = world.region(key.name) === undefined ? "value" : "region-as-value";
  return unknown({ kind, name: key.name, suggestion: nearest(key.name, known) ?? null }, expression.span);
}

function memberValue(world: World, object: string, property: string, span: Span): Evaluation {
  const number = memberStatistic(world, object, property);
  if (number !== undefined) return plain(number);
  const sources = sourcesNamed(world, object);
  if (sources.length === 0) return unknown({ kind: "object", name: object }, span);
  const owned = ownedStatistic(world, property);
  if (owned !== null) return unknown({ kind: "statistic-of-others", object, ...owned }, span);
  const suggestion = nearest(property, namesOf(sources.map(({ kind }) => kind))) ?? null;
  return unknown({ kind: "statistic", object, name: property, suggestion }, span);
}

function statisticValue(world: World, expression: Extract<Expression, { kind: "statistic" }>): Evaluation {
  const { object, property, span } = expression;
  const number = object === null ? statistic(world, property) : ownStatistic(world, object, property);
  if (number !== undefined) return plain(number);
  const owned = ownedStatistic(world, property);
  if (object === null) {
    const none = { kind: "value", name: property, suggestion: null } as const;
    return unknown(owned === null ? none : { kind: "statistic-of", ...owned }, span);
  }
  if (sourcesNamed(world, object).length === 0) return unknown({ kind: "object", name: object }, span);
  if (owned !== null) return unknown({ kind: "statistic-of-others", object, ...owned }, span);
  return unknown({ kind: "statistic", object, name: property, suggestion: null }, span);
}

/** The statistic that the name is of something, with the kinds of things that have it; null when nothing ever has. */
function ownedStatistic(world: World, name: string) {
  const kinds = kindsWith(name);
  return kinds.length === 0 ? null : { name, kinds, known: objectsWith(world, name).slice(0, mostNamed) };
}

function sizeOf(world: World, handle: NameExpression, span: Span): Evaluation {
  const value = nameValue(world, handle);
  if ("error" in value) return value;
  const allocation = world.ledger.get(value.value.allocation);
  if (allocation === undefined) return refuse({ kind: "no-block", handle: handle.name }, span);
  return plain(allocation.requested);
}

function binaryValue(world: World, expression: Extract<Expression, { kind: "binary" }>): Evaluation {
  const left = valueOf(world, expression.left);
  if ("error" in left) return left;
  const { operator } = expression;
  if (operator === "&&" && left.value.value === 0) return truth(false);
  if (operator === "||" && left.value.value !== 0) return truth(true);
  const right = valueOf(world, expression.right);
  if ("error" in right) return right;
  return combine(operator, left.value, right.value, expression.span);
}

function combine(operator: BinaryOperator, left: Value, right: Value, span: Span): Evaluation {
  const a = left.value;
  const b = right.value;
  switch (operator) {
    case "+":
      return pointer(a + b, left.allocation < 0 ? right.allocation : right.allocation < 0 ? left.allocation : -1);
    case "-":
      return pointer(a - b, right.allocation < 0 ? left.allocation : -1);
    case "*":
      return plain(a * b);
    case "/":
    case "%":
      if (b === 0) return refuse({ kind: "division-by-zero" }, span);
      return plain(operator === "/" ? a / b : a % b);
    case "==":
      return truth(a === b);
    case "!=":
      return truth(a !== b);
    case "<":
      return truth(a < b);
    case "<=":
      return truth(a <= b);
    case ">":
      return truth(a > b);
    case ">=":
      return truth(a >= b);
    case "&&":
    case "||":
      return truth(b !== 0);
  }
}

function pointer(value: number, allocation: number): Evaluation {
  return { value: { value, allocation }, isCondition: false };
}
