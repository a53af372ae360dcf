import { says, string } from "../../language/says";
import type { StatisticKind } from "../inspect/statisticTable";
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

/** A statistic that something else has: the kinds of things that do, and the names of those that there are, the first few. */
interface OwnedStatistic {
  readonly kinds: readonly StatisticKind[];
  readonly known: readonly string[];
}

/** "a pool or a slab cache" */
function ownersText(kinds: readonly StatisticKind[], words: Words): string {
  const owners: Readonly<Record<StatisticKind, string>> = {
    heap: words.say("a heap"),
    heapPages: words.say("a heap in a process"),
    pool: words.say("a pool"),
    slab: words.say("a slab cache"),
    vm: words.say("a `vm`"),
    process: words.say("a process"),
    cache: words.say("a cache"),
    caches: words.say("a cache"),
  };
  const [first = "", ...others] = new Set(kinds.map((kind) => owners[kind]));
  return others.reduce((text, next) => words.say("{0} or {1}", text, next), first);
}

/** "`nodes.leastFree`, `inodes.leastFree`" */
function memberNames(name: string, known: readonly string[]): string {
  return quotedNames(known.map((object) => `${object}.${name}`));
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

  /** A bare statistic without a thing that it could belong to. */
  "statistic-of"({ name, kinds, known }: Named & OwnedStatistic, words: Words) {
    const needed = ownersText(kinds, words);
    return known.length === 0
      ? words.say("`{0}` needs {1}, and there is none at this point.", name, needed)
      : words.say("`{0}` is a statistic of {1}: write {2}.", name, needed, memberNames(name, known));
  },

  /** A statistic of something that has other ones. */
  "statistic-of-others"(
    { object, name, kinds, known }: Named & OwnedStatistic & { readonly object: string },
    words: Words,
  ) {
    const needed = ownersText(kinds, words);
    return known.length === 0
      ? words.say("`{0}` has no statistic `{1}`: {2} has it, and there is none at this point.", object, name, needed)
      : words.say(
          "`{0}` has no statistic `{1}`: {2} has it; write {3}.",
          object,
          name,
          needed,
          memberNames(name, known),
        );
  },

  /** Before the dot of a statistic. */
  object({ name }: Named, words: Words) {
    if (name === "cache") return words.say("`cache.…` needs a cache, and there is none at this point.");
    if (name === "vm") return words.say("There is no `vm` at this point.");
    return words.say("There is no heap, pool, cache or process `{0}` at this point.", name);
  },
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
