import type { Work } from "../../language/coroutines";
import type { Instruction, Program, Statement } from "../../language/parsing/syntax";

/** Instructions compared between two yields. */
const chunk = 8192;

/** The first instruction that differs in an edited program or stands on another line; the shorter length when none does. */
export function* firstDifference(before: Program, after: Program): Work<number> {
  const length = Math.min(before.instructions.length, after.instructions.length);
  for (let index = 0; index < length; index++) {
    if (before.lineOf[index] !== after.lineOf[index]) return index;
    if (!isSame(before.instructions[index], after.instructions[index])) return index;
    if (index % chunk === chunk - 1) yield;
  }
  return length;
}

function isSame(left: Instruction, right: Instruction): boolean {
  if (left === right) return true;
  if (!saysTheSame(left.statement, right.statement)) return false;
  switch (left.kind) {
    case "statement":
      return right.kind === "statement";
    case "end":
      return right.kind === "end" && left.start === right.start;
    case "repeat":
      return (
        right.kind === "repeat" &&
        left.exit === right.exit &&
        left.variable === right.variable &&
        // Unlike the count that is written, the one that stands for it in a broken loop covers the whole statement.
        countStart(left.statement) === countStart(right.statement)
      );
  }
}

/** What a statement says follows from its text and the column where it begins. */
function saysTheSame(left: Statement, right: Statement): boolean {
  return left === right || (left.text === right.text && left.span.start === right.span.start);
}

function countStart({ operands }: Statement): number | undefined {
  return (operands as Readonly<Partial<Statement["operands"]>>)["count"]?.span.start;
}
