import type { CacheRefusal } from "../../engine/cache/geometry";
import type { ShapeRefusal } from "../../engine/vm/tableFormats";
import { number, says, string } from "../../language/says";
import { tellVariant } from "../../language/variants";
import type { Words } from "../../language/Words";

const tellShape = tellVariant({
  "page-size": says("The format {0} has pages of 4096 bytes, not {1}.", string("format"), number("pageSize")),
  reach: says("The format {0} reaches {1} pages, not {2}.", string("format"), number("reach"), number("pages")),
  "page-bits": says("Tables of several levels need pages of a power of two, not {0}.", number("pageSize")),
  "entry-size": says(
    "A page of {0} bytes holds no table with entries of {1} bytes.",
    number("pageSize"),
    number("entryBytes"),
  ),
  levels: says(
    "{0} levels of {1} entries reach {2} pages, not {3}.",
    number("levels"),
    number("entries"),
    number("reach"),
    number("pages"),
  ),
});

const tellCache = tellVariant({
  "line-size": says("a line of {0} bytes is not a power of two", number("lineSize")),
  lines: says("{0} bytes do not divide into lines of {1}", number("size"), number("lineSize")),
  sets: says("the {0} lines of `{1}` do not divide into sets of {2}", number("lines"), string("name"), number("ways")),
  "set-count": says(
    "{0} bytes in sets of {1} lines make {2} sets, which is not a power of two: bits of the address choose the set",
    number("size"),
    number("ways"),
    number("sets"),
  ),
  tree: says("the tree of tree-plru needs a power of two of ways, not {0}", number("ways")),
  inclusive: says("an inclusive cache holds what the caches above it hold, so it allocates on writes"),
  split: says(
    "it is split and stands below `{0}`, which is unified: only the first levels of a hierarchy are split",
    string("upper"),
  ),
  "counted-above": says(
    "it is inclusive and stands below `{0}`, which counts write-backs and may then hold what it does not",
    string("upper"),
  ),
  "shorter-lines": says(
    "its lines of {0} bytes are shorter than those of `{1}` above it, which have {2}",
    number("lineSize"),
    string("upper"),
    number("upperLineSize"),
  ),
});

/** Why page tables cannot have a shape. */
export const tellShapeRefusal = (refusal: ShapeRefusal, words: Words): string => tellShape(refusal, words).message;

/** Why a cache cannot have a shape, or not stand below another, as the end of a sentence. */
export const tellCacheRefusal = (refusal: CacheRefusal, words: Words): string => tellCache(refusal, words).message;
