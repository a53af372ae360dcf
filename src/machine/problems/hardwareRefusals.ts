import type { CacheRefusal } from "../../engine/cache/geometry";
import type { ShapeRefusal } from "../../engine/vm/tableFormats";
import type { Words } from "../../language/Words";

/** Why page tables cannot have a shape. */
export function tellShapeRefusal(refusal: ShapeRefusal, words: Words): string {
  switch (refusal.kind) {
    case "page-size":
      return words.say("The format {0} has pages of 4096 bytes, not {1}.", refusal.format, refusal.pageSize);
    case "reach":
      return words.say("The format {0} reaches {1} pages, not {2}.", refusal.format, refusal.reach, refusal.pages);
    case "page-bits":
      return words.say("Tables of several levels need pages of a power of two, not {0}.", refusal.pageSize);
    case "entry-size":
      return words.say(
        "A page of {0} bytes holds no table with entries of {1} bytes.",
        refusal.pageSize,
        refusal.entryBytes,
      );
    case "levels":
      return words.say(
        "{0} levels of {1} entries reach {2} pages, not {3}.",
        refusal.levels,
        refusal.entries,
        refusal.reach,
        refusal.pages,
      );
  }
}

/** Why a cache cannot have a shape, or not stand below another, as the end of a sentence. */
export function tellCacheRefusal(refusal: CacheRefusal, words: Words): string {
  switch (refusal.kind) {
    case "line-size":
      return words.say("a line of {0} bytes is not a power of two", refusal.lineSize);
    case "lines":
      return words.say("{0} bytes do not divide into lines of {1}", refusal.size, refusal.lineSize);
    case "sets":
      return words.say(
        "the {0} lines of `{1}` do not divide into sets of {2}",
        refusal.lines,
        refusal.name,
        refusal.ways,
      );
    case "set-count":
      return words.say(
        "{0} bytes in sets of {1} lines make {2} sets, which is not a power of two: bits of the address choose the set",
        refusal.size,
        refusal.ways,
        refusal.sets,
      );
    case "tree":
      return words.say("the tree of tree-plru needs a power of two of ways, not {0}", refusal.ways);
    case "inclusive":
      return words.say("an inclusive cache holds what the caches above it hold, so it allocates on writes");
    case "split":
      return words.say(
        "it is split and stands below `{0}`, which is unified: only the first levels of a hierarchy are split",
        refusal.upper,
      );
    case "shorter-lines":
      return words.say(
        "its lines of {0} bytes are shorter than those of `{1}` above it, which have {2}",
        refusal.lineSize,
        refusal.upper,
        refusal.upperLineSize,
      );
  }
}
