import { says, string } from "../../language/says";
import type { Words } from "../../language/Words";
import { quotedNames, suggested } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

export interface Named {
  readonly name: string;
}

export interface Mistyped {
  /** A known name that is near. */
  readonly suggestion: string | null;
}

const unknownNames = {
  region: says("There is no heap, pool or slab cache `{0}` at this point.", string("name")),
  pool: says("There is no pool `{0}` at this point.", string("name")),
  heap: says("`{0}` is not a heap at this point.", string("name")),

  /** Where the name of a region or a handle may stand. */
  memory: says("`{0}` is not a heap, pool, slab cache or block at this point.", string("name")),

  /** `known` are those that there are, the first ten; empty where they do not help. */
  process({ name, known }: Named & { readonly known: readonly string[] }, words: Words) {
    return known.length === 0
      ? words.say("There is no process `{0}`.", name)
      : words.say("There is no process `{0}`; there are {1}.", name, quotedNames(known));
  },

  area(
    { name, process, known }: Named & { readonly process: string; readonly known: readonly string[] },
    words: Words,
  ) {
    return known.length === 0
      ? words.say("`{0}` has no region `{1}`; it has none.", process, name)
      : words.say("`{0}` has no region `{1}`; it has {2}.", process, name, quotedNames(known));
  },

  /** In an expression. */
  value({ name, suggestion }: Named & Mistyped, words: Words) {
    return suggested(words.say("Nothing is called `{0}` at this point.", name), suggestion, words);
  },

  /** A heap or pool where a value is wanted. */
  "region-as-value"({ name, suggestion }: Named & Mistyped, words: Words) {
    return suggested(
      words.say("`{0}` is a heap or pool at this point, which is not a value.", name),
      suggestion,
      words,
    );
  },

  statistic({ object, name, suggestion }: Named & Mistyped & { readonly object: string }, words: Words) {
    return suggested(words.say("`{0}` has no statistic `{1}`.", object, name), suggestion, words);
  },

  /** Before the dot of a statistic. */
  object: says("There is no heap, pool, cache or process `{0}` at this point.", string("name")),
};

export type UnknownName = FactsOfVariants<typeof unknownNames>;

/** Names that nothing has. */
export const unknownName = {
  "unknown-name": problemKind<UnknownName>(
    {
      title: "Unknown name",
      explanation:
        "Nothing of this name exists at this point: no handle, loop variable or statistic, and no heap or pool.",
      advice: "Bind the name on an earlier line, or correct its spelling.",
      example: "free b",
    },
    tellVariant(unknownNames),
  ),
};
