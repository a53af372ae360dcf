import type { Expression } from "../../language/parsing/syntax";
import type { MachineState } from "../../machine/run/MachineState";

/**
 * Whether an expression can mean an address: a bare number, or a sum that starts from one handle. A count of bytes or
 * blocks, and the distance of two handles, are none, even where memory answers at that number.
 */
export function canBeAddress(state: MachineState, expression: Expression): boolean {
  return isConstant(expression) || pointsSomewhere(state, expression);
}

function isConstant(expression: Expression): boolean {
  switch (expression.kind) {
    case "number":
      return true;
    case "binary":
      return isConstant(expression.left) && isConstant(expression.right);
    default:
      return false;
  }
}

function pointsSomewhere(state: MachineState, expression: Expression): boolean {
  if (expression.kind === "name") return expression.index !== null || state.handle(expression.name) !== undefined;
  if (expression.kind !== "binary") return false;
  const left = pointsSomewhere(state, expression.left);
  const right = pointsSomewhere(state, expression.right);
  if (expression.operator === "+") return left !== right;
  return expression.operator === "-" && left && !right;
}
