import { tellSyntax } from "../../../src/language/parsing/syntaxProblems";
import { englishWords } from "../../../src/language/Words";
import type { Expression, Operand, Program, Statement } from "../../../src/language/parsing/syntax";

/** Expressions with all parentheses written out. */
export function showExpression(node: Expression): string {
  switch (node.kind) {
    case "number":
      return String(node.value);
    case "name":
      return node.index === null ? node.name : `${node.name}[${showExpression(node.index)}]`;
    case "member":
      return `${node.object}.${node.property}`;
    case "statistic":
      return `${node.object ?? ""}.${node.property}`;
    case "sizeof":
      return `sizeof(${showExpression(node.handle)})`;
    case "exists":
      return `exists(${node.region})`;
    case "unary":
      return `(${node.operator}${showExpression(node.operand)})`;
    case "binary":
      return `(${showExpression(node.left)} ${node.operator} ${showExpression(node.right)})`;
  }
}

function showOperand(operand: Operand): string {
  switch (operand.kind) {
    case "expression":
      return showExpression(operand.expression);
    case "range":
      return `${showExpression(operand.from)}..${showExpression(operand.to)}`;
    case "string":
      return `"${Buffer.from(operand.bytes).toString("hex")}"`;
    case "word":
      return `'${operand.word}`;
  }
}

/** A statement by what it means, without columns. */
export function showStatement({ verb, target, operands, options }: Statement): string {
  const parts = [
    target === null ? verb : `${showExpression(target)} = ${verb}`,
    ...Object.entries(operands).map(([name, operand]) => `${name}:${showOperand(operand)}`),
    ...Object.values(options).map((option) => `${option.name}=${showOperand(option.value)}`),
  ];
  return parts.join(" ");
}

/** The whole program by what it means: formatting must keep it. */
export function showProgram(program: Program): string[] {
  const instructions = program.instructions.map((instruction, index) => {
    const jump =
      instruction.kind === "repeat"
        ? ` -> ${instruction.exit}`
        : instruction.kind === "end"
          ? ` -> ${instruction.start}`
          : "";
    return `${program.lineOf[index]}: ${showStatement(instruction.statement)}${jump}`;
  });
  return [...instructions, ...program.problems.map((problem) => `${problem.line}: ${problem.id}`)];
}

/** Problems drawn under their lines. */
export function annotate(program: Program): string {
  return program.lines
    .flatMap((line, index) => [
      line,
      ...program.problems
        .filter((problem) => problem.line === index)
        .flatMap((problem) => {
          const { span, id } = problem;
          const { message, related = [] } = tellSyntax(problem, englishWords);
          return [
            `${" ".repeat(span.start)}${"^".repeat(span.end - span.start)} ${id}: ${message}`,
            ...related.map((entry) => `    line ${entry.line + 1}: ${entry.message}`),
          ];
        }),
    ])
    .join("\n");
}
