import {
  tellSyntaxError,
  tellUnknownVerb,
  type SyntaxError,
  type UnknownVerb,
} from "../../language/parsing/syntaxProblems";
import { problemKind } from "./ProblemKind";

/** Lines that are no statements of the language. */
/** A line of a trace that cannot be read. */
export interface BadTrace {
  readonly kind: "trace";
  readonly message: string;
}

export const syntaxErrors = {
  "syntax-error": problemKind<SyntaxError | BadTrace>(
    {
      title: "Syntax error",
      explanation: "The line is not a statement of the language. It is skipped, and the rest of the script still runs.",
      advice: "Correct the line; the language reference lists every statement.",
      example: "free )",
    },
    (facts, words) => (facts.kind === "trace" ? { message: facts.message } : tellSyntaxError(facts, words)),
  ),

  "unknown-verb": problemKind<UnknownVerb>(
    {
      title: "Unknown verb",
      explanation:
        "A line begins with a verb (`alloc`, `free`, `map` …), or binds a handle with `name = verb …`. This word is no verb.",
      advice: "Use one of the verbs of the language reference.",
      example: "alocate 40",
    },
    tellUnknownVerb,
  ),
};
