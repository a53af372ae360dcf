/**
 * Sentences as plain data: what happened is known where it happens, words are made where people read them
 * ({@link Words.text}). Making a phrase formats and translates nothing.
 *
 * Every text is a literal argument of `say` or `sayCount`: a test collects the texts from these calls and compares them
 * with the translations.
 */
export type Phrase = string | Sentence | Series;

/** A text with places for values: `{0}` stands for the first one. Strings are names and code, the same in each language. */
export interface Sentence {
  readonly kind: "sentence";
  readonly text: string;
  readonly values: readonly (number | Phrase)[];
}

/** Phrases in a row. */
export interface Series {
  readonly kind: "series";
  readonly items: readonly Phrase[];
  /** What stands between two items; `and` writes "a, b and c". */
  readonly between: " " | ", " | "and";
}

/** A sentence with its values. */
export function say(text: string, ...values: readonly (number | Phrase)[]): Sentence {
  return { kind: "sentence", text, values };
}

/** One of two texts by a number, which is `{0}` in both; further values follow. */
export function sayCount(number: number, one: string, many: string, ...values: readonly (number | Phrase)[]): Sentence {
  return say(number === 1 ? one : many, number, ...values);
}

/** The items that are not empty. */
export function series(items: readonly Phrase[], between: Series["between"] = " "): Phrase {
  const present = items.filter((item) => item !== "");
  return present.length < 2 ? (present.at(0) ?? "") : { kind: "series", items: present, between };
}
