import type { Words } from "../../language/Words";
import { lineName, quotedNames, shown } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

/** A value, and what the script writes it as. */
export interface ExpectedValue {
  readonly source: string;
  readonly value: number;
}

const failures = {
  /** `found` are the values of what the condition compares. */
  condition({ source, found }: { readonly source: string; readonly found: readonly ExpectedValue[] }, words: Words) {
    if (found.length === 0) return words.say("Expected {0}.", source);
    const values = found.map((part) => words.say("{0} is {1}", part.source, shown(part.value, words)));
    // Each further value follows an "and" of its own.
    const all = values.reduce((before, value) => words.say("{0} and {1}", before, value));
    return words.say("Expected {0}, but {1}.", source, all);
  },

  /** The line should have raised a problem and raised others, or none. */
  problem(
    {
      expected,
      raised,
      line,
    }: { readonly expected: string; readonly raised: readonly string[]; readonly line: number },
    words: Words,
  ) {
    const values = [expected, lineName(line, words)];
    const message =
      raised.length === 0
        ? words.say("Expected the problem `{0}` from {1}, but it raised no problem.", ...values)
        : words.say("Expected the problem `{0}` from {1}, but it raised {2}.", ...values, quotedNames(raised));
    return { message, related: [{ line, message: words.say("This line should have raised it.") }] };
  },
};

/** `expect` lines that do not hold. */
export const expectationFailed = {
  "expectation-failed": problemKind<FactsOfVariants<typeof failures>>(
    {
      title: "Expectation failed",
      explanation:
        "An `expect` line states what must hold, and it does not. The message shows the actual values. After `expect problem ID` the next line must raise that problem.",
      advice: "Correct the script, or the expectation.",
      example: "a = alloc 40\nexpect used == 41\nfree a",
    },
    tellVariant(failures),
  ),
};
