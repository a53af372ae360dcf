import type { Expression } from "../../language/parsing/syntax";
import { say } from "../../language/phrases";
import { bindTarget } from "../step/bind";
import { evaluate } from "../step/evaluate";
import type { ExpectedValue } from "../problems/expectationFailed";
import { shown } from "../problems/wording";
import type { World } from "../state/World";
import type { Executors, Step } from "../step/Step";

/** `expect EXPR`; `expect problem ID` is the machine's business, because it is about the next line. */
function expect(step: Step): void {
  const operand = step.operand("condition");
  if (operand?.kind !== "expression") return;
  const value = step.evaluate(operand.expression);
  if (value === null) return;
  const { text } = step.statement;
  const source = text.slice(
    operand.span.start - step.statement.span.start,
    operand.span.end - step.statement.span.start,
  );
  if (value.value !== 0) {
    step.tell(() => say("As expected: {0}.", source));
    return;
  }
  const found = sides(step.world, operand.expression, text, step.statement.span.start);
  step.raise("expectation-failed", { kind: "condition", source, found }, { span: operand.span });
}

/** The values on both sides of the comparisons that are not literal, with what they are written as. */
function sides(world: World, expression: Expression, text: string, start: number): ExpectedValue[] {
  const parts: ExpectedValue[] = [];
  const visit = (node: Expression): void => {
    if (node.kind === "binary" && (node.operator === "&&" || node.operator === "||")) {
      visit(node.left);
      visit(node.right);
      return;
    }
    if (node.kind === "unary" && node.operator === "!") {
      visit(node.operand);
      return;
    }
    const leaves = node.kind === "binary" && isComparison(node.operator) ? [node.left, node.right] : [node];
    for (const leaf of leaves) {
      if (leaf.kind === "number") continue;
      const value = evaluate(world, leaf);
      if ("error" in value) continue;
      const source = text.slice(leaf.span.start - start, leaf.span.end - start);
      if (!parts.some((part) => part.source === source)) parts.push({ source, value: value.value.value });
    }
  };
  visit(expression);
  return parts;
}

function isComparison(operator: string): boolean {
  return ["==", "!=", "<", "<=", ">", ">="].includes(operator);
}

/** `name = EXPRESSION`. */
function bind(step: Step): void {
  const value = step.pointer("value");
  if (value === null) return;
  step.value = { kind: "number", value: value.value };
  bindTarget(step, value);
  step.tell(() => say("`{0}` is {1}.", step.targetName() ?? "", shown(value.value)));
}

export const proofExecutors: Executors = { expect, let: bind };
