import { toHex } from "../../engine/address";
import type { AccessKind } from "../../engine/vm/contract";
import { number, says, string } from "../../language/says";
import type { Words } from "../../language/Words";
import { refusedReferenceText, type RefusedReference } from "../replay/refusals";
import { accessAt, hex, lastOf } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

/** An access to a page. */
export interface PageAccess {
  readonly access: AccessKind | "translate";
  readonly address: number;
  readonly page: number;
  /** Bytes from the start of the page. */
  readonly offset: number;
}

/** "write at 0x5000 (page 5, offset 0)" */
export function pageAccessText({ access, address, page, offset }: PageAccess, words: Words): string {
  return words.say("{0} (page {1}, offset {2})", accessAt(access, toHex(address), words), page, offset);
}

const faults = {
  "not-mapped": says("{0}: page {1} is not mapped.", pageAccessText, number("page")),

  /** Beyond the pages of the address space. */
  "no-page": says("{0}: the address space has the pages 0 to {1}.", pageAccessText, lastOf("pages")),

  /** Beyond physical memory, without paging. */
  "no-memory": says("{0}: memory ends at {1}.", pageAccessText, hex("endAddress")),

  /** A reference of a trace. */
  trace: ({ refused }: { readonly refused: RefusedReference }) => refusedReferenceText(refused),
};

/** Letters of permissions as page-table entries show them: `r--u`. */
export interface Forbidden extends PageAccess {
  readonly permits: string;
  readonly needs: string;
}

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
    (facts, words) => ({
      message: words.say(
        "{0}: page {1} permits `{2}`, and this needs `{3}`.",
        pageAccessText(facts, words),
        facts.page,
        facts.permits,
        facts.needs,
      ),
    }),
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
