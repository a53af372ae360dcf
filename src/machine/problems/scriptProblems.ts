import { describeError, type ProblemDescription } from "./description";

/** Mistakes of the script itself, and the budgets of a run. */
export const scriptProblems = {
  "expectation-failed": describeError(
    "Expectation failed",
    "An `expect` line states what must hold, and it does not. The message shows the values found. After `expect problem ID` the next line must raise that problem.",
    "Correct the script, or the expectation.",
    "a = alloc 40\nexpect used == 41\nfree a",
  ),
  "syntax-error": describeError(
    "Syntax error",
    "The line is not a statement of the language. It is skipped, and the rest of the script still runs.",
    "Write the line as the message shows.",
    "free )",
  ),
  "unknown-verb": describeError(
    "Unknown verb",
    "A line begins with a verb (`alloc`, `free`, `map` …), or binds a handle with `name = verb …`. This word is no verb.",
    "Use one of the verbs of the language reference.",
    "alocate 40",
  ),
  "unknown-name": describeError(
    "Unknown name",
    "Nothing of this name exists at this point: no handle, loop variable or statistic, and no heap or pool.",
    "Bind the name on an earlier line, or correct its spelling.",
    "free b",
  ),
  "bad-operand": describeError(
    "Bad operand",
    "The statement is understood, but one of its values cannot be meant: a fraction where bytes are counted, a division by zero, two regions at one address, an option out of its range.",
    "Correct the value as the message says.",
    "x = 1 / 0",
  ),
  "limit-exceeded": describeError(
    "Limit exceeded",
    "The script asks for more steps, memory or blocks than one run may use. The run stops here, so that the editor stays responsive. The message names the limit and the setting that raises it.",
    "Make the script smaller, or raise the setting that the message names.",
    "heap 1TiB",
  ),
} as const satisfies Record<string, ProblemDescription>;
