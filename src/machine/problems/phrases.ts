import { toHex } from "../../engine/address";
import type { Words } from "../../language/Words";
import type { AccessKind } from "../../engine/vm/contract";
import type { BlockFacts, RegionFacts } from "./facts";
import { placeOf } from "../../language/says";
import type { RelatedLine } from "../../language/variants";

/** `line 3`, counted from 1 as editors show it. */
export function lineName(line: number, words: Words): string {
  return words.say("line {0}", line + 1);
}

/** "`a` (40 bytes, line 3)": a block by its handle or address, with its size and the line that allocated it. */
export function blockText({ handle, requested, address, line }: BlockFacts, words: Words): string {
  const values = [words.bytes(requested), lineName(line, words)];
  return handle === null
    ? words.say("the block at {0} ({1}, {2})", toHex(address), ...values)
    : words.say("`{0}` ({1}, {2})", handle, ...values);
}

/** "freed on line 7", "freed by `destroy nodes` on line 3"; "live" while the block is. */
export function fate({ freed, region }: BlockFacts, words: Words): string {
  if (freed === null) return words.say("live");
  const at = lineName(freed.line, words);
  switch (freed.by) {
    case "free":
      return words.say("freed on {0}", at);
    case "exit":
      return words.say("freed by the end of its process on {0}", at);
    case "realloc":
      return words.say("freed by `realloc` on {0}", at);
    case "reset":
    case "trim":
    case "destroy":
      return words.say("freed by `{1} {2}` on {0}", at, freed.by, region);
  }
}

/** "pool `nodes`", "slab cache `inodes`", "heap `main`" */
export function regionName({ kind, name }: RegionFacts, words: Words): string {
  switch (kind) {
    case "heap":
      return words.say("heap `{0}`", name);
    case "pool":
      return words.say("pool `{0}`", name);
    case "slab":
      return words.say("slab cache `{0}`", name);
  }
}

function freedHere({ handle, freed, region }: BlockFacts, words: Words): string {
  switch (freed?.by) {
    case "realloc":
      return handle === null
        ? words.say("`realloc` moved the block here and freed its old place.")
        : words.say("`realloc` moved `{0}` here and freed its old place.", handle);
    case "reset":
    case "destroy":
      return handle === null
        ? words.say("The block was freed with its pool `{0}` here.", region)
        : words.say("`{1}` was freed with its pool `{0}` here.", region, handle);
    default:
      return handle === null ? words.say("The block was freed here.") : words.say("`{0}` was freed here.", handle);
  }
}

/** Where a block was allocated and, when it is gone, freed. Several blocks follow each other, null is none. */
export function originLines(words: Words, ...blocks: readonly (BlockFacts | null)[]): RelatedLine[] {
  return blocks.flatMap((block) => {
    if (block === null) return [];
    const { handle, requested, address, line, freed } = block;
    const size = words.bytes(requested);
    const message =
      handle === null
        ? words.say("The block was allocated here: {0} at {1}.", size, toHex(address))
        : words.say("`{2}` was allocated here: {0} at {1}.", size, toHex(address), handle);
    return [{ line, message }, ...(freed === null ? [] : [{ line: freed.line, message: freedHere(block, words) }])];
  });
}

export type AccessVerb = "read" | "write";

/** An access by address, length and direction, as messages name it: "write of 4 bytes". */
export function accessOf(access: AccessVerb, length: number, words: Words): string {
  return access === "read"
    ? words.say("read of {0}", words.bytes(length))
    : words.say("write of {0}", words.bytes(length));
}

/** An access to an address, as messages begin with it: "Write at 0x1000". */
export function accessAt(access: AccessKind | "translate", address: string, words: Words): string {
  switch (access) {
    case "read":
      return words.say("Read at {0}", address);
    case "write":
      return words.say("Write at {0}", address);
    case "execute":
      return words.say("Instruction fetch at {0}", address);
    case "translate":
      return words.say("Translation of {0}", address);
  }
}

/** A value as messages show it: addresses in hexadecimal, small numbers as they are; digits stay digits. */
export function shown(value: number | string, words: Words): string {
  if (typeof value === "string") return value;
  if (value > Number.MAX_SAFE_INTEGER) return words.say("about {0}", toHex(value));
  return Number.isSafeInteger(value) && value >= 0x1000 ? `${value} (${toHex(value)})` : String(value);
}

/** A name that is near to one that nothing has, where there is one. */
export function suggested(sentence: string, suggestion: string | null, words: Words): string {
  return suggestion === null ? sentence : words.say("{0} Did you mean `{1}`?", sentence, suggestion);
}

/** Names in code quotes, as an enumeration. */
export function quotedNames(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

// Places of sentences ({@link says}).
export const hex = placeOf(toHex);
export const line = placeOf(lineName);
export const block = placeOf(blockText);
export const region = placeOf(regionName);
/** The last of so many pages. */
export const lastOf = placeOf((pages: number) => pages - 1);
