import { quote, syntaxMessage, type SyntaxFacts } from "../../language/parsing/syntaxProblems";
import type { Span } from "../../language/parsing/syntax";
import { tellVariant, type FactsOfVariants } from "../../language/variants";
import { says, string } from "../../language/says";
import type { Words } from "../../language/Words";

const mistakes = {
  comment: says("A query has no comment."),
  empty: ({ known }: { readonly known: readonly string[] }, words: Words) =>
    words.say("A query begins with an event: {0}.", quoted(known)),
  event: (
    {
      word,
      known,
      suggestion,
    }: { readonly word: string; readonly known: readonly string[]; readonly suggestion: string | null },
    words: Words,
  ) =>
    withSuggestion(words.say("Unknown event {0}. Expected one of {1}.", quote(word), quoted(known)), suggestion, words),
  "problem-id": ({ word, suggestion }: { readonly word: string; readonly suggestion: string }, words: Words) =>
    withSuggestion(words.say("{0} is not the id of a problem.", quote(word)), suggestion, words),
  "missing-subject": ({ what }: { readonly what: "page" | "frame" | "place" | "step" | "line" }, words: Words) => {
    switch (what) {
      case "page":
        return words.say("A page number is missing at the end.");
      case "frame":
        return words.say("A frame number is missing at the end.");
      case "place":
        return words.say("An address or a handle is missing at the end.");
      case "step":
        return words.say("A step is missing at the end.");
      case "line":
        return words.say("A line is missing at the end.");
    }
  },
  clause: ({ word }: { readonly word: string }, words: Words) =>
    words.say(
      "{0} is not expected here: after the event come a size (`> 4KiB`), `in 100..200`, `line 12`, `from=HEAP`, `process=NAME` or `by=free`.",
      quote(word),
    ),
  "missing-range": ({ what }: { readonly what: "step" | "line" }, words: Words) =>
    what === "step"
      ? words.say("After `in` comes a step or a range of them: `in 10..20`.")
      : words.say("After `line` comes a line or a range of them: `line 10..20`."),
  constant: ({ what }: { readonly what: "step" | "line" }, words: Words) =>
    what === "step" ? words.say("A step is a plain number.") : words.say("A line is a plain number."),
  "missing-value": says("A value is missing after `{0}=`.", string("option")),
  way: ({ word, known }: { readonly word: string; readonly known: readonly string[] }, words: Words) =>
    words.say("`by=` is one of {0}, not {1}.", quoted(known), quote(word)),
  option: ({ word, suggestion }: { readonly word: string; readonly suggestion: string | null }, words: Words) =>
    withSuggestion(
      words.say("A query has no option `{0}=`, only `from=`, `process=` and `by=`.", word),
      suggestion,
      words,
    ),
};

export type QueryMistake = FactsOfVariants<typeof mistakes>;

/** A question that is not understood; columns are 0-based and half-open. */
export interface QueryFailure {
  readonly kind: "failure";
  readonly span: Span;
  /** A mistake of the question, or of an expression in it. */
  readonly mistake: QueryMistake | SyntaxFacts;
}

const tellMistake = tellVariant(mistakes);

export function queryMessage({ mistake }: QueryFailure, words: Words): string {
  return "id" in mistake ? syntaxMessage(mistake, words) : tellMistake(mistake, words).message;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function withSuggestion(sentence: string, suggestion: string | null, words: Words): string {
  return suggestion === null ? sentence : words.say("{0} Did you mean `{1}`?", sentence, suggestion);
}
