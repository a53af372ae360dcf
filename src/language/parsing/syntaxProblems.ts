import { tellVariant, type FactsOfVariants, type Told } from "../variants";
import { renderUsage } from "../services/signature";
import { describeVerb } from "../vocabulary/vocabulary";
import { number, placeOf, says, string } from "../says";
import type { Words } from "../Words";

/** What stands where something else is expected; null for the end of the line. */
export interface Found {
  readonly found: string | null;
}

/** Of a verb of the vocabulary. */
export interface OfVerb {
  readonly verb: string;
}

export interface Mistyped {
  /** A known word that is near; null when there is none. */
  readonly suggestion: string | null;
}

const quoted = placeOf(quote);
const shortened = placeOf(shorten);
const unicode = placeOf((code: number) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
const found = placeOf(foundText)("found");

/** Lines that are no statements. */
const syntaxErrors = {
  "open-text": says('The text is not closed: a `"` is missing at its end.'),
  "control-character": says(
    "The character {0} has no place in a script: this line looks like binary data.",
    unicode("code"),
  ),
  quotes: says('Texts are written in straight double quotes: use `"` instead of {0}.', string("character")),
  comma: says("Operands are separated by spaces: omit the comma."),
  separator: says("There is one statement per line: omit the `{0}`.", string("character")),
  character: says(
    "The character {0} ({1}) has no meaning outside of a text or a comment.",
    string("character"),
    unicode("code"),
  ),

  "no-statement": says("This is not a statement."),
  start: says("A line starts with a verb or with `name =`, not with {0}.", quoted("text")),
  "no-assignment": says("`=` is missing: a name starts a line only to be bound, `name = …`."),
  reserved: says("`{0}` is a word of the language and cannot name a handle.", string("name")),
  "nothing-bound": says("After `=` comes a verb, such as `alloc 100`, or an expression."),
  "nothing-to-bind": says("`{0}` gives nothing that could be bound: omit `{1} =`.", string("verb"), string("name")),
  word: ({ word, found, verb }: Found & OfVerb & { readonly word: string }, words: Words) =>
    withUsage(words.say("`{0}` is expected before {1}.", word, foundText(found, words)), verb, words),
  "no-name": ({ word, verb }: OfVerb & { readonly word: string }, words: Words) =>
    withUsage(words.say("After `{0}` a name is expected.", word), verb, words),
  "no-operand": ({ verb, operand }: OfVerb & { readonly operand: string }, words: Words) =>
    withUsage(words.say("`{0}` needs {1} here.", verb, operand), verb, words),
  unexpected: ({ found, verb }: Found & OfVerb, words: Words) =>
    withUsage(words.say("{0} is not expected here.", foundText(found, words)), verb, words),
  "option-twice": says("`{0}=` is written twice.", string("option")),
  "no-option-value": says("`{0}=` needs a value.", string("option")),

  "no-expression": says("An expression is missing."),
  "expression-end": says("The expression ends before {0}.", found),
  comparisons: says("Comparisons cannot be chained: join two of them with `&&`."),
  operators: says("The expression has more than {0} operators.", number("most")),
  depth: says("The expression is nested more than {0} deep.", number("most")),
  unclosed: says("`{0}` is missing before {1}.", string("sign"), found),
  value: says("A number, a handle or `(` is expected instead of {0}.", found),
  parentheses: says("`{0}` is written with parentheses: `{0}({1})`.", string("name"), string("example")),
  "exists-name": says("`exists` takes the name of a heap, pool or slab cache, not {0}.", found),
  "sizeof-handle": says("`sizeof` takes a handle, not {0}.", found),
  "no-statistic": ({ object }: { readonly object: string }, words: Words) =>
    words.say("After {0} comes a statistic, such as `{1}.used`.", quote(`${object}.`), object),
  handle: says("A handle is expected instead of {0}.", found),
  text: says("A text in double quotes is expected instead of {0}.", found),

  /** A `repeat` without `end`; the lines are those of the loop whose `end` may have been meant for this one. */
  "open-loop": (
    { closed }: { readonly closed: { readonly startLine: number; readonly endLine: number } | null },
    words: Words,
  ): Told => ({
    message: words.say("This `repeat` has no `end`; its lines run once."),
    related:
      closed === null
        ? []
        : [
            {
              line: closed.endLine,
              message: words.say("This `end` closes the `repeat` of line {0}.", closed.startLine + 1),
            },
          ],
  }),
  /** An `end` without `repeat`; the lines are those of the last loop before it. */
  "stray-end": (
    { closed }: { readonly closed: { readonly startLine: number; readonly endLine: number } | null },
    words: Words,
  ): Told => ({
    message: words.say("This `end` closes nothing: there is no open `repeat` before it."),
    related:
      closed === null
        ? []
        : [
            { line: closed.startLine, message: words.say("The last `repeat` before it starts here …") },
            { line: closed.endLine, message: words.say("… and is closed here already.") },
          ],
  }),
};

const unknownVerbs = {
  let: says("A value is bound without a word: `name = value`."),
  comparison: says("A comparison alone says nothing: write `expect {0} == …`.", string("name")),
  verb: ({ word, suggestion }: Mistyped & { readonly word: string }, words: Words) =>
    withSuggestion(words.say("{0} is not a verb.", quote(word)), suggestion, words),
};

/** Values that cannot be read, or not stand where they do. */
export const badValues = {
  hexadecimal: says("`{0}` is not a hexadecimal number: after 0x come the digits 0-9 and a-f.", shortened("text")),
  binary: says("`{0}` is not a binary number: after 0b come the digits 0 and 1.", shortened("text")),
  number: says("`{0}` is not a number.", shortened("text")),
  "fractional-bytes": says("`{0}` is not a whole number of bytes.", shortened("text")),
  "too-large": says("`{0}` is too large: numbers go up to 2^53 - 1 (9007199254740991).", shortened("text")),
  /** `likely` is the unit that may be meant. */
  unit: ({ unit, likely }: { readonly unit: string; readonly likely: string | null }, words: Words) =>
    likely === null
      ? words.say(
          "`{0}` is not a unit: there are B, KiB, MiB, GiB, TiB (1024) and KB, MB, GB, TB (1000).",
          shorten(unit),
        )
      : words.say("`{0}` is not a unit: did you mean `{1}`?", shorten(unit), likely),
  escape: says('`{0}` is not an escape: there are \\n \\t \\r \\0 \\\\ \\" \\xHH and \\uHHHH.', string("text")),
  "text-as-value": says("A number or a handle is expected here, not a text."),
  "number-choice": says("`{0}` is one of {1}.", string("name"), placeOf(quotedList)("choices")),
  name: says("A name for `{0}` is expected instead of {1}.", string("name"), found),
  "problem-id": ({ word, suggestion }: Mistyped & { readonly word: string }, words: Words) =>
    withSuggestion(words.say("{0} is not the id of a problem.", quote(word)), suggestion, words),
  "word-choice": (
    {
      word,
      name,
      choices,
      suggestion,
    }: Mistyped & { readonly word: string; readonly name: string; readonly choices: readonly string[] },
    words: Words,
  ) => {
    // A long list is no help in a message; the suggestion and the completion are.
    const known = choices.length <= mostListed;
    const sentence = known
      ? words.say("{0} is not a value of `{1}`: it is one of {2}.", quote(word), name, quotedList(choices))
      : words.say("{0} is not a value of `{1}`.", quote(word), name);
    return withSuggestion(sentence, suggestion, words);
  },
  flags: says("{0} are not flags: write some of the letters `{1}`, or `none`.", quoted("word"), string("letters")),
  "flag-twice": says("The flag `{0}` appears twice.", string("letter")),
  "no-options": says("`{0}` has no options.", string("verb")),
  option: (
    {
      verb,
      word,
      options,
      suggestion,
    }: OfVerb & Mistyped & { readonly word: string; readonly options: readonly string[] },
    words: Words,
  ) => {
    const sentence = words.say("`{0}` has no option {1}.", verb, quote(word));
    return suggestion === null
      ? words.say("{0} The options are {1}.", sentence, quotedList(options))
      : withSuggestion(sentence, suggestion, words);
  },
};

/** Scripts that are too long to be read. */
export const lengthLimits = {
  characters: says("The line has {0} characters; a statement has at most {1}.", number("count"), number("most")),
  mistakes: says("{0} more lines are not understood; only the first mistakes are listed.", number("omitted")),
  lines: says("A script has at most {0} lines; what follows was not read.", number("most")),
};

export type SyntaxError = FactsOfVariants<typeof syntaxErrors>;
export type UnknownVerb = FactsOfVariants<typeof unknownVerbs>;
export type BadValue = FactsOfVariants<typeof badValues>;
export type LengthLimit = FactsOfVariants<typeof lengthLimits>;

/** What is known of a mistake that parsing finds, by the id of its problem. */
export type SyntaxFacts =
  | { readonly id: "syntax-error"; readonly facts: SyntaxError }
  | { readonly id: "unknown-verb"; readonly facts: UnknownVerb }
  | { readonly id: "bad-operand"; readonly facts: BadValue }
  | { readonly id: "limit-exceeded"; readonly facts: LengthLimit };

export const tellSyntaxError = tellVariant(syntaxErrors);
export const tellUnknownVerb = tellVariant(unknownVerbs);
export const tellBadValue = tellVariant(badValues);
export const tellLengthLimit = tellVariant(lengthLimits);

/** The words for a mistake, where there is no catalogue of problems. */
export function tellSyntax({ id, facts }: SyntaxFacts, words: Words): Told {
  switch (id) {
    case "syntax-error":
      return tellSyntaxError(facts, words);
    case "unknown-verb":
      return tellUnknownVerb(facts, words);
    case "bad-operand":
      return tellBadValue(facts, words);
    case "limit-exceeded":
      return tellLengthLimit(facts, words);
  }
}

export function syntaxMessage(mistake: SyntaxFacts, words: Words): string {
  return tellSyntax(mistake, words).message;
}

/** Choices that a message lists at most. */
export const mostListed = 12;

function foundText(text: string | null, words: Words): string {
  return text === null ? words.say("the end of the line") : quote(text);
}

function withUsage(sentence: string, verb: string, words: Words): string {
  const description = describeVerb(verb);
  return description === undefined ? sentence : words.say("{0} Write {1}.", sentence, renderUsage(description));
}

function withSuggestion(sentence: string, suggestion: string | null, words: Words): string {
  return suggestion === null ? sentence : words.say("{0} Did you mean `{1}`?", sentence, suggestion);
}

function quotedList(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** A piece of source as messages show it: short, and with control characters made visible. */
export function quote(text: string): string {
  let shown = "";
  for (const character of text.slice(0, 40)) {
    const code = character.charCodeAt(0);
    shown += code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, "0")}` : character;
  }
  return `\`${shown}${text.length > 40 ? "…" : ""}\``;
}
