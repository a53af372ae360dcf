import type { Words } from "../../language/Words";
import type { FieldPlace, TrustingVerb } from "./reads";

/** What a careful allocator would notice: the reason in our words, and the message with which glibc aborts. */
export interface GlibcCheck {
  readonly reason: (words: Words) => string;
  readonly abort: string;
}

type Field = "size" | "flags" | "next" | "prev" | "footer";

const unlinking: GlibcCheck = {
  reason: (words) => words.say("the block's neighbours in the free list do not lead back to it"),
  abort: "corrupted double-linked list",
};

const byPlace: Readonly<Record<FieldPlace, Readonly<Record<"size" | "flags" | "footer", GlibcCheck>>>> = {
  own: {
    size: { reason: (words) => words.say("no block can have that size"), abort: "free(): invalid size" },
    flags: { reason: (words) => words.say("the block is not marked as one in use"), abort: "free(): invalid pointer" },
    footer: {
      reason: (words) => words.say("the two sizes of the block differ"),
      abort: "corrupted size vs. prev_size",
    },
  },
  next: {
    size: {
      reason: (words) => words.say("the block after it cannot have that size"),
      abort: "free(): invalid next size (normal)",
    },
    flags: {
      reason: (words) => words.say("the block after it is wrong about what is in use"),
      abort: "double free or corruption (!prev)",
    },
    footer: {
      reason: (words) => words.say("the two sizes of the block after it differ"),
      abort: "corrupted size vs. prev_size",
    },
  },
  previous: {
    size: {
      reason: (words) => words.say("the block before does not end here"),
      abort: "corrupted size vs. prev_size while consolidating",
    },
    flags: {
      reason: (words) => words.say("a used block would be merged, or a free one not"),
      abort: "double free or corruption (out)",
    },
    footer: {
      reason: (words) => words.say("the way back to the block before is wrong"),
      abort: "corrupted size vs. prev_size while consolidating",
    },
  },
  list: {
    size: {
      reason: (words) => words.say("the free block cannot have that size"),
      abort: "malloc(): invalid size (unsorted)",
    },
    flags: {
      reason: (words) => words.say("a block of the free list is not marked as free"),
      abort: "malloc(): invalid next->prev_inuse (unsorted)",
    },
    footer: {
      reason: (words) => words.say("the two sizes of the free block differ"),
      abort: "malloc(): mismatching next->prev_size (unsorted)",
    },
  },
  walk: {
    size: {
      reason: (words) => words.say("the walk from block to block loses its way"),
      abort: "corrupted size vs. prev_size while consolidating",
    },
    flags: {
      reason: (words) => words.say("a used block would be merged, or a free one not"),
      abort: "double free or corruption (!prev)",
    },
    footer: {
      reason: (words) => words.say("the two sizes of the block differ"),
      abort: "corrupted size vs. prev_size",
    },
  },
};

/** The check of glibc's malloc.c that is nearest to a field that an operation reads. */
export function glibcCheck(verb: TrustingVerb, place: FieldPlace, field: Field): GlibcCheck {
  if (field === "next" || field === "prev") {
    return place === "list" ? { ...unlinking, abort: "malloc(): unsorted double linked list corrupted" } : unlinking;
  }
  const check = byPlace[place][field];
  if (verb !== "realloc" || field !== "size") return check;
  if (place === "own") return { ...check, abort: "realloc(): invalid old size" };
  return place === "next" ? { ...check, abort: "realloc(): invalid next size" } : check;
}
