import { toHex } from "../../engine/address";
import { number, says, string } from "../../language/says";
import type { Words } from "../../language/Words";
import { refusedReferenceText, type RefusedReference } from "../replay/refusals";
import { entryRefusal, tellForbidden, tellUnsigned, type Forbidden } from "./hardwareFaults";
import { pageAccessText, withCode, type PageAccess } from "./pageAccess";
import { accessAt, hex, lastOf } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

const faults = {
  "not-mapped": withCode(says("{0}: page {1} is not mapped.", pageAccessText, number("page"))),

  /** Beyond the pages of the address space. */
  "no-page": withCode(says("{0}: the address space has the pages 0 to {1}.", pageAccessText, lastOf("pages"))),

  /** The walk ends at an entry of a table. */
  entry: withCode(
    says("{0}: the walk ends at the {1}: {2}.", pageAccessText, string("table"), entryRefusal("refusal")),
  ),

  /** Svade. */
  "clear-bit": withCode(
    says(
      "{0}: the {1} bit of page {2} is clear, and with `svade=on` software sets it.",
      pageAccessText,
      string("bit"),
      number("page"),
    ),
  ),

  "not-signed": tellUnsigned,

  /** Beyond physical memory, without paging. */
  "no-memory": says("{0}: memory ends at {1}.", pageAccessText, hex("endAddress")),

  /** A reference of a trace. */
  trace: ({ refused }: { readonly refused: RefusedReference }) => refusedReferenceText(refused),
};

/** What is next to a page that belongs to no region. */
export interface NearbyRegion {
  readonly name: string;
  /** Its last page when it is below, its first when it is above. */
  readonly page: number;
  readonly side: "below" | "above";
}

const violations = {
  segment(
    facts: Pick<PageAccess, "access" | "address"> & {
      readonly index: number;
      /** Null when there is none of the index. */
      readonly segment: { readonly name: string; readonly limit: number; readonly growsDown: boolean } | null;
      readonly offset: number;
    },
    words: Words,
  ) {
    const { access, address, index, segment, offset } = facts;
    const what = accessAt(access, toHex(address), words);
    if (segment === null) return words.say("{0}: there is no segment {1}.", what, index);
    const values = [what, index, segment.name, words.bytes(segment.limit)];
    return segment.growsDown
      ? words.say(
          "{0}: segment {1} `{2}` has {3}, and the address is at {4} below its top.",
          ...values,
          words.bytes(-offset),
        )
      : words.say("{0}: segment {1} `{2}` has {3}, and the address is at offset {4}.", ...values, offset);
  },

  region(facts: PageAccess & { readonly process: string; readonly nearby: NearbyRegion | null }, words: Words) {
    const { page, process, nearby } = facts;
    const values = [pageAccessText(facts, words), process, page];
    if (nearby === null) return words.say("{0}: `{1}` has no regions, so none has page {2}.", ...values);
    return nearby.side === "below"
      ? words.say("{0}: no region of `{1}` has page {2}; `{3}` ends at page {4}.", ...values, nearby.name, nearby.page)
      : words.say(
          "{0}: no region of `{1}` has page {2}; `{3}` begins at page {4}.",
          ...values,
          nearby.name,
          nearby.page,
        );
  },
};

const guardHits = {
  access: says("{0}: the guard `{1}` has page {2}.", pageAccessText, string("guard"), number("page")),
  map: says("The guard `{0}` has page {1}; nothing can be mapped where a guard is.", string("guard"), number("page")),
};

/** Accesses that the page table, a segment or a guard refuses. */
export const pageFaults = {
  "page-fault": problemKind<FactsOfVariants<typeof faults>>(
    {
      title: "Page fault",
      explanation:
        "The page table has no valid entry for this page, so the processor cannot translate the address. An operating system would bring the page in, or end the program with a segmentation fault.",
      advice: "Map the page before accessing it.",
      example: "vm frames=16\ntranslate 0x5000",
    },
    tellVariant(faults),
  ),

  "protection-fault": problemKind<Forbidden>(
    {
      title: "Protection fault",
      explanation:
        "The page is mapped, but its entry does not permit this kind of access: writing needs `w`, reading `r`, executing `x`. That is how code pages stay unwritten and data pages unexecuted.",
      advice: "Give the page the permission with `protect`, or do not access it in this way.",
      example: "vm frames=16\nmap 0 -> 1 r\nstore 0 7",
    },
    (facts, words) => ({ message: tellForbidden(facts, words) }),
  ),

  "segmentation-fault": problemKind<FactsOfVariants<typeof violations>>(
    {
      title: "Segmentation fault",
      explanation:
        "The address belongs to no region of the process, or lies beyond the limit of its segment. The processor or the operating system refuses it: that is how a program is kept to its own memory.",
      advice: "Touch addresses inside a region or segment, or make it larger with `grow` or a larger limit.",
      example: "vm demand=on\nregion heap 16..20\nstore 0x15000 1",
    },
    tellVariant(violations),
  ),

  "guard-page": problemKind<FactsOfVariants<typeof guardHits>>(
    {
      title: "Guard page hit",
      explanation:
        "A guard page is there to catch accesses: of a stack that grew past its end, or of a write that ran past the end of a neighbouring region.",
      advice: "Stay within the region beside the guard, or give that region more pages.",
      example: "vm demand=on\nguard below 15..16\nstore 0xf000 1",
    },
    tellVariant(guardHits),
  ),
};
