import { didYouMean } from "../../language/parsing/suggest";
import { symbolsOf } from "../../language/services/symbols";
import type { Expression, Program } from "../../language/parsing/syntax";
import { statisticNames } from "../../machine/inspect/statisticTable";

/**
 * What is wrong with a condition that names what the script never binds, or undefined. Such a condition would not hold at
 * any time, as if its moment had not come.
 */
export function unknownName(program: Program, condition: Expression): string | undefined {
  switch (condition.kind) {
    case "name": {
      const known = [...statisticNames, ...symbolsOf(program).keys()];
      if (!known.includes(condition.name)) {
        return `Nothing in the script is called \`${condition.name}\`.${didYouMean(condition.name, known)}`;
      }
      return condition.index === null ? undefined : unknownName(program, condition.index);
    }
    case "sizeof":
      return unknownName(program, condition.handle);
    case "unary":
      return unknownName(program, condition.operand);
    case "binary":
      return unknownName(program, condition.left) ?? unknownName(program, condition.right);
    default:
      return undefined;
  }
}
