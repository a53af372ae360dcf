import type { Words } from "../../language/Words";

/** What a number of a statement is, or the option that it is the value of. */
export type NumberName =
  | "size"
  | "heap size"
  | "block size"
  | "object size"
  | "count"
  | "number of blocks"
  | "number of entries"
  | "number of rounds"
  | "length"
  | "byte"
  | "limit"
  | "address"
  | "page number"
  | "first page"
  | "end of pages"
  | "frame number"
  | "entry"
  | { readonly option: string };

/** A number that is not whole, too small or too large to be exact. */
export interface NotWhole {
  readonly what: NumberName;
  readonly value: number;
  /** The smallest one that may stand there. */
  readonly least: number;
  /** What a negative size is in C; null for other numbers. */
  readonly inC: string | null;
}

/** "The size", "`ways=`" */
export function numberName(what: NumberName, words: Words): string {
  if (typeof what === "object") return `\`${what.option}=\``;
  switch (what) {
    case "size":
      return words.say("The size");
    case "heap size":
      return words.say("The size of the heap");
    case "block size":
      return words.say("The block size");
    case "object size":
      return words.say("The object size");
    case "count":
      return words.say("The count");
    case "number of blocks":
      return words.say("The number of blocks");
    case "number of entries":
      return words.say("The number of entries");
    case "number of rounds":
      return words.say("The number of rounds");
    case "length":
      return words.say("The length");
    case "byte":
      return words.say("The byte");
    case "limit":
      return words.say("The limit");
    case "address":
      return words.say("The address");
    case "page number":
      return words.say("The page number");
    case "first page":
      return words.say("The first page");
    case "end of pages":
      return words.say("The end of the pages");
    case "entry":
      return words.say("The entry");
    case "frame number":
      return words.say("The frame number");
  }
}

export function tellNotWhole({ what, value, least, inC }: NotWhole, words: Words): string {
  const name = numberName(what, words);
  return inC === null
    ? words.say("{0} is {1}; it must be a whole number, {2} or more, below 2^53.", name, value, least)
    : words.say(
        "{0} is {1}, which C's size_t would turn into {3}; it must be a whole number, {2} or more, below 2^53.",
        name,
        value,
        least,
        inC,
      );
}
