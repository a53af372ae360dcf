import type { Program } from "../../language/parsing/syntax";
import { problemOf, type Problem } from "./Problem";

/** The mistakes that parsing found, as problems of step 0. */
export function problemsOfParsing(program: Program): Problem[] {
  return program.problems.map(({ id, line, span, message, related }) => {
    const place = { line, column: span.start, endColumn: span.end, step: 0 };
    const told = { message, related };
    switch (id) {
      case "syntax-error":
      case "unknown-verb":
        return problemOf(id, told, place);
      case "bad-operand":
      case "limit-exceeded":
        return problemOf(id, { kind: "syntax", told }, place);
    }
  });
}
