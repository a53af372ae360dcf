import type { Expression } from "../../language/parsing/syntax";

/** The value of a whole-number expression that needs no run to be known; null for all others. */
export function constantOf(expression: Expression): number | null {
  const value = fold(expression);
  return value !== null && Number.isSafeInteger(value) ? value : null;
}

function fold(expression: Expression): number | null {
  if (expression.kind === "number") return expression.value;
  if (expression.kind === "unary" && expression.operator === "-") {
    const operand = fold(expression.operand);
    return operand === null ? null : -operand;
  }
  if (expression.kind !== "binary") return null;
  const left = fold(expression.left);
  const right = fold(expression.right);
  if (left === null || right === null) return null;
  switch (expression.operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    default:
      return null;
  }
}
