import type {
  Expression,
  Instruction,
  Operand,
  OptionNode,
  Program,
  Statement,
  StatisticObject,
} from "../../language/parsing/syntax";
import { statisticNames } from "../inspect/statisticTable";

const statistics: ReadonlySet<string> = new Set(statisticNames);
const objects: readonly string[] = ["vm", "cache"] satisfies StatisticObject[];

/** The program with `used`, `vm.faults` and the like read as statistics, though a handle or a region has such a name. */
export function statisticsFirst(program: Program): Program {
  const instructions = program.instructions.map((instruction): Instruction => ({
    ...instruction,
    statement: statementOf(instruction.statement),
  }));
  return { ...program, instructions };
}

function statementOf(statement: Statement): Statement {
  const operands = mapped(statement.operands, operandOf);
  const options = mapped(statement.options, (option): OptionNode => ({ ...option, value: operandOf(option.value) }));
  return { ...statement, operands, options };
}

function mapped<Value>(record: Readonly<Record<string, Value>>, change: (value: Value) => Value) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function operandOf(operand: Operand): Operand {
  if (operand.kind === "expression") return { ...operand, expression: expressionOf(operand.expression) };
  if (operand.kind !== "range") return operand;
  return { ...operand, from: expressionOf(operand.from), to: expressionOf(operand.to) };
}

function expressionOf(expression: Expression): Expression {
  const { span } = expression;
  switch (expression.kind) {
    case "name": {
      const { name, index } = expression;
      if (index !== null) return { ...expression, index: expressionOf(index) };
      return statistics.has(name) ? { kind: "statistic", object: null, property: name, span } : expression;
    }
    case "member": {
      const { object, property } = expression;
      const isOwn = objects.includes(object);
      return isOwn ? { kind: "statistic", object: object as StatisticObject, property, span } : expression;
    }
    case "unary":
      return { ...expression, operand: expressionOf(expression.operand) };
    case "binary":
      return { ...expression, left: expressionOf(expression.left), right: expressionOf(expression.right) };
    case "number":
    case "statistic":
    case "sizeof":
    case "exists":
      return expression;
  }
}
