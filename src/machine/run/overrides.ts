import { syntaxMessage } from "../../language/parsing/syntaxProblems";
import { englishWords } from "../../language/Words";
import { parseLine } from "../../language/parsing/statements";
import type { Expression, Operand, OptionNode } from "../../language/parsing/syntax";
import type { OptionOverrides } from "../step/Step";

/** A line of each area that options can be set for, to which the option is appended. */
const carriers: ReadonlyMap<string, string> = new Map([
  ["heap", "heap 1MiB"],
  ["pool", "pool p 64 x 1"],
  ["slab", "slab s 64"],
  ["vm", "vm"],
  ["tlb", "tlb 16"],
  ["cache", "cache L1 32KiB"],
]);

type Reading = { readonly area: string; readonly option: OptionNode } | { readonly message: string };

/** Reads `heap.policy` and `best-fit`; the message says what is wrong with them, for the command line. */
export function readOverride(key: string, value: string): Reading {
  const [area = "", name = "", ...rest] = key.split(".");
  const carrier = carriers.get(area);
  if (carrier === undefined || name === "" || rest.length > 0) {
    return {
      message: `\`${key}\` is not an option: write heap.policy, heap.order, pool.order, vm.frames and the like.`,
    };
  }
  if (area === "heap" && name === "size") return readSize(value);
  const result = parseLine(`${carrier} ${name}=${value}`);
  if (result.kind === "problem") return { message: syntaxMessage(result.failure, englishWords) };
  const options = result.kind === "statement" ? result.statement.options : {};
  const option = (options as Readonly<Partial<Record<string, OptionNode>>>)[name];
  if (option === undefined) return { message: `\`${key}=${value}\` is not an option with a value.` };
  return checked(key, value, { area, option });
}

/** Overrides hold before a script binds any name, so numbers alone make their values. */
function checked(key: string, value: string, reading: { readonly area: string; readonly option: OptionNode }): Reading {
  const operand = reading.option.value;
  const isNumber = operand.kind !== "expression" || isConstant(operand.expression);
  return isNumber ? reading : { message: `${key} is a number such as 64 or 4KiB, not \`${value}\`.` };
}

function isConstant(expression: Expression): boolean {
  switch (expression.kind) {
    case "number":
      return true;
    case "unary":
      return isConstant(expression.operand);
    case "binary":
      return isConstant(expression.left) && isConstant(expression.right);
    default:
      return false;
  }
}

function readSize(value: string): Reading {
  const result = parseLine(`heap ${value}`);
  if (result.kind === "problem") return { message: syntaxMessage(result.failure, englishWords) };
  const operands = result.kind === "statement" ? result.statement.operands : {};
  const size = (operands as Readonly<Partial<Record<string, Operand>>>)["size"];
  if (size === undefined) return { message: `\`${value}\` is not a size.` };
  return checked("heap.size", value, {
    area: "heap",
    option: { name: "size", nameSpan: size.span, value: size, span: size.span },
  });
}

/** All overrides of a run that can be read; the command line refuses the others before it runs anything. */
export function readOverrides(written: ReadonlyMap<string, string>): OptionOverrides {
  const areas = new Map<string, Map<string, OptionNode>>();
  for (const [key, value] of written) {
    const reading = readOverride(key, value);
    if ("message" in reading) continue;
    const options = areas.get(reading.area) ?? new Map<string, OptionNode>();
    options.set(reading.option.name, reading.option);
    areas.set(reading.area, options);
  }
  return areas;
}
