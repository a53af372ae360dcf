import { tellVariant, type FactsOfVariants, type Told } from "../variants";
import { renderUsage } from "../services/signature";
import { describeVerb } from "../vocabulary/vocabulary";
import type { Words } from "../Words";

/** What stands where something else is expected; null for the end of the line. */
export interface Found {
  readonly found: string | null;
}

/** Of a verb of the vocabulary. */
export interface OfVerb {
  readonly verb: string;
}

/** A character, and its number in Unicode. */
export interface Character {
  readonly character: string;
  readonly code: number;
}

export interface Mistyped {
  /** A known word that is near; null when there is none. */
  readonly suggestion: string | null;
}

/** Lines that are no statements. */
const syntaxErrors = {
  "open-text": (_: object, words: Words) => words.say('The text is not closed: a `"` is missing at its end.'),
  "control-character": ({ code }: Pick<Character, "code">, words: Words) =>
    words.say("The character {0} has no place in a script: this line looks like binary data.", unicode(code)),
  quotes: ({ character }: Pick<Character, "character">, words: Words) =>
    words.say('Texts are written in straight double quotes: use `"` instead of {0}.', character),
  comma: (_: object, words: Words) => words.say("Operands are separated by spaces: omit the comma."),
  separator: ({ character }: Pick<Character, "character">, words: Words) =>
    words.say("There is one statement per line: omit the `{0}`.", character),
  character: ({ character, code }: Character, words: Words) =>
    words.say("The character {0} ({1}) has no meaning outside of a text or a comment.", character, unicode(code)),

  "no-statement": (_: object, words: Words) => words.say("This is not a statement."),
  start: ({ text }: { readonly text: string }, words: Words) =>
    words.say("A line starts with a verb or with `name =`, not with {0}.", quote(text)),
  "no-assignment": (_: object, words: Words) =>
    words.say("`=` is missing: a name starts a line only to be bound, `name = …`."),
  reserved: ({ name }: { readonly name: string }, words: Words) =>
    words.say("`{0}` is a word of the language and cannot name a handle.", name),
  "nothing-bound": (_: object, words: Words) =>
    words.say("After `=` comes a verb, such as `alloc 100`, or an expression."),
  "nothing-to-bind": ({ verb, name }: OfVerb & { readonly name: string }, words: Words) =>
    words.say("`{0}` gives nothing that could be bound: omit `{1} =`.", verb, name),
  word: ({ word, found, verb }: Found & OfVerb & { readonly word: string }, words: Words) =>
    withUsage(words.say("`{0}` is expected before {1}.", word, foundText(found, words)), verb, words),
  "no-name": ({ word, verb }: OfVerb & { readonly word: string }, words: Words) =>
    withUsage(words.say("After `{0}` a name is expected.", word), verb, words),
  "no-operand": ({ verb, operand }: OfVerb & { readonly operand: string }, words: Words) =>
    withUsage(words.say("`{0}` needs {1} here.", verb, operand), verb, words),
  unexpected: ({ found, verb }: Found & OfVerb, words: Words) =>
    withUsage(words.say("{0} is not expected here.", foundText(found, words)), verb, words),
  "option-twice": ({ option }: { readonly option: string }, words: Words) =>
    words.say("`{0}=` is written twice.", option),
  "no-option-value": ({ option }: { readonly option: string }, words: Words) =>
    words.say("`{0}=` needs a value.", option),

  "no-expression": (_: object, words: Words) => words.say("An expression is missing."),
  "expression-end": ({ found }: Found, words: Words) =>
    words.say("The expression ends before {0}.", foundText(found, words)),
  comparisons: (_: object, words: Words) => words.say("Comparisons cannot be chained: join two of them with `&&`."),
  operators: ({ most }: { readonly most: number }, words: Words) =>
    words.say("The expression has more than {0} operators.", most),
  depth: ({ most }: { readonly most: number }, words: Words) =>
    words.say("The expression is nested more than {0} deep.", most),
  unclosed: ({ sign, found }: Found & { readonly sign: string }, words: Words) =>
    words.say("`{0}` is missing before {1}.", sign, foundText(found, words)),
  value: ({ found }: Found, words: Words) =>
    words.say("A number, a handle or `(` is expected instead of {0}.", foundText(found, words)),
  parentheses: ({ name, example }: { readonly name: string; readonly example: string }, words: Words) =>
    words.say("`{0}` is written with parentheses: `{0}({1})`.", name, example),
  "exists-name": ({ found }: Found, words: Words) =>
    words.say("`exists` takes the name of a heap, pool or slab cache, not {0}.", foundText(found, words)),
  "sizeof-handle": ({ found }: Found, words: Words) =>
    words.say("`sizeof` takes a handle, not {0}.", foundText(found, words)),
  "no-statistic": ({ object }: { readonly object: string }, words: Words) =>
    words.say("After {0} comes a statistic, such as `{1}.used`.", quote(`${object}.`), object),
  handle: ({ found }: Found, words: Words) =>
    words.say("A handle is expected instead of {0}.", foundText(found, words)),
  text: ({ found }: Found, words: Words) =>
    words.say("A text in double quotes is expected instead of {0}.", foundText(found, words)),

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
  let: (_: object, words: Words) => words.say("A value is bound without a word: `name = value`."),
  comparison: ({ name }: { readonly name: string }, words: Words) =>
    words.say("A comparison alone says nothing: write `expect {0} == …`.", name),
  verb: ({ word, suggestion }: Mistyped & { readonly word: string }, words: Words) =>
    withSuggestion(words.say("{0} is not a verb.", quote(word)), suggestion, words),
};

/** Values that cannot be read, or not stand where they do. */
export const badValues = {
  hexadecimal: ({ text }: { readonly text: string }, words: Words) =>
    words.say("`{0}` is not a hexadecimal number: after 0x come the digits 0-9 and a-f.", shorten(text)),
  binary: ({ text }: { readonly text: string }, words: Words) =>
    words.say("`{0}` is not a binary number: after 0b come the digits 0 and 1.", shorten(text)),
  number: ({ text }: { readonly text: string }, words: Words) => words.say("`{0}` is not a number.", shorten(text)),
  "fractional-bytes": ({ text }: { readonly text: string }, words: Words) =>
    words.say("`{0}` is not a whole number of bytes.", shorten(text)),
  "too-large": ({ text }: { readonly text: string }, words: Words) =>
    words.say("`{0}` is too large: numbers go up to 2^53 - 1 (9007199254740991).", shorten(text)),
  /** `likely` is the unit that may be meant. */
  unit: ({ unit, likely }: { readonly unit: string; readonly likely: string | null }, words: Words) =>
    likely === null
      ? words.say(
          "`{0}` is not a unit: there are B, KiB, MiB, GiB, TiB (1024) and KB, MB, GB, TB (1000).",
          shorten(unit),
        )
      : words.say("`{0}` is not a unit: did you mean `{1}`?", shorten(unit), likely),
  escape: ({ text }: { readonly text: string }, words: Words) =>
    words.say('`{0}` is not an escape: there are \\n \\t \\r \\0 \\\\ \\" \\xHH and \\uHHHH.', text),
  "text-as-value": (_: object, words: Words) => words.say("A number or a handle is expected here, not a text."),
  "number-choice": ({ name, choices }: { readonly name: string; readonly choices: readonly string[] }, words: Words) =>
    words.say("`{0}` is one of {1}.", name, quotedList(choices)),
  name: ({ name, found }: Found & { readonly name: string }, words: Words) =>
    words.say("A name for `{0}` is expected instead of {1}.", name, foundText(found, words)),
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
  flags: ({ word, letters }: { readonly word: string; readonly letters: string }, words: Words) =>
    words.say("{0} are not flags: write some of the letters `{1}`, or `none`.", quote(word), letters),
  "flag-twice": ({ letter }: { readonly letter: string }, words: Words) =>
    words.say("The flag `{0}` appears twice.", letter),
  "no-options": ({ verb }: OfVerb, words: Words) => words.say("`{0}` has no options.", verb),
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
  characters: ({ count, most }: { readonly count: number; readonly most: number }, words: Words) =>
    words.say("The line has {0} characters; a statement has at most {1}.", count, most),
  mistakes: ({ omitted }: { readonly omitted: number }, words: Words) =>
    words.say("{0} more lines are not understood; only the first mistakes are listed.", omitted),
  lines: ({ most }: { readonly most: number }, words: Words) =>
    words.say("A script has at most {0} lines; what follows was not read.", most),
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

function foundText(found: string | null, words: Words): string {
  return found === null ? words.say("the end of the line") : quote(found);
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

function unicode(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** A piece of source as messages show it: short, and with control characters made visible. */
export function quote(text: string): string {
  let shown = "";
  for (const character of text.slice(0, 40)) {
    const code = character.charCodeAt(0);
    shown += code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, "0")}` : character;
  }
  return `\`${shown}${text.length > 40 ? "…" : ""}\``;
}
