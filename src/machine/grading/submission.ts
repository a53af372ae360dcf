import { splitLines } from "../../language/parsing/lines";
import { parse } from "../../language/parsing/parser";
import { parseLine } from "../../language/parsing/statements";
import type { Instruction, Program } from "../../language/parsing/syntax";

/**
 * The program of a submission without its own expectations: `expect problem` would excuse a mistake, the last one of them
 * the first line that is added. A line that only begins as one is a mistake as any other.
 */
export function submissionProgram(text: string): Program {
  const lines = splitLines(text).map((line) => (isExpectation(line) ? "" : line));
  return parse(lines.join("\n"));
}

function isExpectation(line: string): boolean {
  if (!/^\s*expect\b/.test(line)) return false;
  const result = parseLine(line);
  return result.kind === "statement" && result.statement.verb === "expect";
}

/**
 * One program that runs both. They are put together after parsing: what the first one leaves open, such as a `repeat` or a
 * quote, ends with it.
 */
export function followedBy(first: Program, second: Program): Program {
  const by = first.instructions.length;
  return {
    lines: first.lines.concat(second.lines),
    instructions: first.instructions.concat(second.instructions.map((instruction) => moved(instruction, by))),
    lineOf: first.lineOf.concat(second.lineOf.map((line) => line + first.lines.length)),
    problems: first.problems,
  };
}

/** With its jumps that much further down. */
function moved(instruction: Instruction, by: number): Instruction {
  switch (instruction.kind) {
    case "statement":
      return instruction;
    case "repeat":
      return { ...instruction, exit: instruction.exit + by };
    case "end":
      return { ...instruction, start: instruction.start + by };
  }
}
