import type { Expression, NameExpression, Statement } from "../../language/parsing/syntax";

/** Every handle, loop variable or statistic that a statement's operands and options read, in no special order. */
export function namesIn(statement: Statement): NameExpression[] {
  const names: NameExpression[] = [];
  const visit = (expression: Expression): void => {
    switch (expression.kind) {
      case "name":
        names.push(expression);
        if (expression.index !== null) visit(expression.index);
        return;
      case "sizeof":
        visit(expression.handle);
        return;
      case "unary":
        visit(expression.operand);
        return;
      case "binary":
        visit(expression.left);
        visit(expression.right);
        return;
      case "number":
      case "member":
      case "exists":
        return;
    }
  };
  const operands = [
    ...Object.values(statement.operands),
    ...Object.values(statement.options).map(({ value }) => value),
  ];
  for (const operand of operands) {
    if (operand.kind === "expression") visit(operand.expression);
    if (operand.kind === "range") [operand.from, operand.to].forEach(visit);
  }
  return names;
}

/** The handle whose text, an index included, covers the column: bound by the statement or read by it. */
export function nameAt(statement: Statement, column: number): NameExpression | undefined {
  const names = statement.target === null ? namesIn(statement) : [statement.target, ...namesIn(statement)];
  const covering = names.filter(({ span }) => span.start <= column && column <= span.end);
  // In `b[i]` the column of `i` lies in both; the shorter one is meant.
  return covering.sort((left, right) => left.span.end - left.span.start - (right.span.end - right.span.start))[0];
}
