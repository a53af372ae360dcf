import type { Program } from "../../language/parsing/syntax";
import type { Problem } from "../records/records";
import { catalogue } from "./catalogue";

/** The mistakes that parsing found, as problems of step 0. */
export function problemsOfParsing(program: Program): Problem[] {
  return program.problems.map(({ id, line, span, message, related }) => ({
    id,
    severity: catalogue[id].severity,
    line,
    column: span.start,
    endColumn: span.end,
    message,
    advice: catalogue[id].advice,
    related,
    step: 0,
  }));
}
