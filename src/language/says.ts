import type { Words } from "./Words";

/** What a sentence shows of its facts in one place. */
type Place<Facts> = (facts: Facts, words: Words) => string | number;

/** The facts that all of these places need. */
type FactsOf<Places extends readonly Place<never>[]> = [] extends Places
  ? object
  : Places[number] extends Place<infer Facts>
    ? Facts
    : never;

/**
 * A sentence about facts: `{0}` stands for the first place. The places say which facts there are. The text is a literal,
 * as in {@link Words.say}.
 */
export function says<Places extends readonly Place<never>[]>(
  text: string,
  ...places: Places
): (facts: FactsOf<Places>, words: Words) => string {
  return (facts, words) => words.say(text, ...places.map((place) => place(facts as never, words)));
}

/** Makes places that show one fact in the same way. */
export function placeOf<Value>(shown: (value: Value, words: Words) => string | number) {
  return <Key extends string>(key: Key) =>
    (facts: { readonly [K in Key]: Value }, words: Words): string | number =>
      shown(facts[key], words);
}

/** A name or a piece of source. */
export const string = placeOf((value: string) => value);
export const number = placeOf((value: number) => value);
/** A number of bytes, with its unit. */
export const bytes = placeOf((length: number, words) => words.bytes(length));
