import { problemKind, type Told } from "./ProblemKind";

/** Lines that are no statements of the language. */
export const syntaxErrors = {
  "syntax-error": problemKind<Told>(
    {
      title: "Syntax error",
      explanation: "The line is not a statement of the language. It is skipped, and the rest of the script still runs.",
      advice: "Write the line as the message shows.",
      example: "free )",
    },
    (facts) => facts,
  ),

  "unknown-verb": problemKind<Told>(
    {
      title: "Unknown verb",
      explanation:
        "A line begins with a verb (`alloc`, `free`, `map` …), or binds a handle with `name = verb …`. This word is no verb.",
      advice: "Use one of the verbs of the language reference.",
      example: "alocate 40",
    },
    (facts) => facts,
  ),
};
