import { toHex } from "../../engine/address";
import type { Words } from "../../language/Words";
import type { AccessKind } from "../../engine/vm/contract";
import type { BlockFacts, RegionFacts } from "./facts";
import type { RelatedLine } from "../../language/variants";

/** `line 3`, counted from 1 as editors show it. */
export function lineName(line: number, w: Words): string {
  return w.say("line {0}", line + 1);
}

/** "the 40-byte block `a`" */
export function blockName({ requested, handle }: BlockFacts, w: Words): string {
  return handle === null
    ? w.say("the {0}-byte block", requested)
    : w.say("the {0}-byte block `{1}`", requested, handle);
}

/** "the 40-byte block `a` allocated at line 3" */
export function blockOrigin(block: BlockFacts, w: Words): string {
  return w.say("{0} allocated at {1}", blockName(block, w), lineName(block.line, w));
}

/** "freed at line 7", "freed by `destroy nodes` at line 3"; "live" while the block is. */
export function fate({ freed, region }: BlockFacts, w: Words): string {
  if (freed === null) return w.say("live");
  const at = lineName(freed.line, w);
  switch (freed.by) {
    case "free":
      return w.say("freed at {0}", at);
    case "exit":
      return w.say("freed by the end of its process at {0}", at);
    case "realloc":
      return w.say("freed by `realloc` at {0}", at);
    case "reset":
    case "trim":
    case "destroy":
      return w.say("freed by `{1} {2}` at {0}", at, freed.by, region);
  }
}

/** "pool `nodes`", "slab cache `inodes`", "heap `main`" */
export function regionName({ kind, name }: RegionFacts, w: Words): string {
  switch (kind) {
    case "heap":
      return w.say("heap `{0}`", name);
    case "pool":
      return w.say("pool `{0}`", name);
    case "slab":
      return w.say("slab cache `{0}`", name);
  }
}

function freedHere({ handle, freed, region }: BlockFacts, w: Words): string {
  switch (freed?.by) {
    case "realloc":
      return handle === null
        ? w.say("`realloc` moved the block here and freed the old place.")
        : w.say("`realloc` moved `{0}` here and freed the old place.", handle);
    case "reset":
    case "destroy":
      return handle === null
        ? w.say("The block went back with its pool `{0}` here.", region)
        : w.say("`{1}` went back with its pool `{0}` here.", region, handle);
    default:
      return handle === null ? w.say("The block was freed here.") : w.say("`{0}` was freed here.", handle);
  }
}

/** Where a block was allocated and, when it is gone, freed. Several blocks follow each other, null is none. */
export function originLines(w: Words, ...blocks: readonly (BlockFacts | null)[]): RelatedLine[] {
  return blocks.flatMap((block) => {
    if (block === null) return [];
    const { handle, requested, address, line, freed } = block;
    const size = w.bytes(requested);
    const message =
      handle === null
        ? w.say("The block was allocated here: {0} at {1}.", size, toHex(address))
        : w.say("`{2}` was allocated here: {0} at {1}.", size, toHex(address), handle);
    return [{ line, message }, ...(freed === null ? [] : [{ line: freed.line, message: freedHere(block, w) }])];
  });
}

export type AccessVerb = "read" | "write";

/** An access by address, length and direction, as messages name it: "write of 4 bytes". */
export function accessOf(access: AccessVerb, length: number, w: Words): string {
  return access === "read" ? w.say("read of {0}", w.bytes(length)) : w.say("write of {0}", w.bytes(length));
}

/** An access to an address, as messages name it: "write at 0x1000". */
export function accessAt(access: AccessKind | "translate", address: string, w: Words): string {
  switch (access) {
    case "read":
      return w.say("read at {0}", address);
    case "write":
      return w.say("write at {0}", address);
    case "execute":
      return w.say("execute at {0}", address);
    case "translate":
      return w.say("translate at {0}", address);
  }
}

/** A value as messages show it: addresses in hexadecimal, small numbers as they are; digits stay digits. */
export function shown(value: number | string, w: Words): string {
  if (typeof value === "string") return value;
  if (value > Number.MAX_SAFE_INTEGER) return w.say("about {0}", toHex(value));
  return Number.isSafeInteger(value) && value >= 0x1000 ? `${value} (${toHex(value)})` : String(value);
}

/** A name that is near to one that nothing has, where there is one. */
export function suggested(sentence: string, suggestion: string | null, w: Words): string {
  return suggestion === null ? sentence : w.say("{0} Did you mean `{1}`?", sentence, suggestion);
}

/** Names in code quotes, as an enumeration. */
export function quotedNames(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
