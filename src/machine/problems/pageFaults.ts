import { toHex } from "../../engine/address";
import type { AccessKind } from "../../engine/vm/contract";
import type { Words } from "../../language/Words";
import { refusedReferenceText, type RefusedReference } from "../replay/refusals";
import { accessAt } from "./phrases";
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
export function pageAccessText({ access, address, page, offset }: PageAccess, w: Words): string {
  return w.say("{0} (page {1}, offset {2})", accessAt(access, toHex(address), w), page, offset);
}

const faults = {
  "not-mapped"(facts: PageAccess, w: Words) {
    return w.say("{0}: page {1} is not mapped.", pageAccessText(facts, w), facts.page);
  },

  /** Beyond the pages of the address space. */
  "no-page"(facts: PageAccess & { readonly pages: number }, w: Words) {
    return w.say("{0}: the address space has the pages 0 to {1}.", pageAccessText(facts, w), facts.pages - 1);
  },

  /** Beyond physical memory, without paging. */
  "no-memory"(facts: PageAccess & { readonly endAddress: number }, w: Words) {
    return w.say("{0}: memory ends at {1}.", pageAccessText(facts, w), toHex(facts.endAddress));
  },

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
    w: Words,
  ) {
    const { access, address, index, segment, offset } = facts;
    const what = accessAt(access, toHex(address), w);
    if (segment === null) return w.say("{0}: there is no segment {1}.", what, index);
    const values = [what, index, segment.name, w.bytes(segment.limit)];
    return segment.growsDown
      ? w.say("{0}: segment {1} `{2}` has {3}, and the address is at {4} below its top.", ...values, w.bytes(-offset))
      : w.say("{0}: segment {1} `{2}` has {3}, and the address is at offset {4}.", ...values, offset);
  },

  region(facts: PageAccess & { readonly process: string; readonly nearby: NearbyRegion | null }, w: Words) {
    const { page, process, nearby } = facts;
    const values = [pageAccessText(facts, w), process, page];
    if (nearby === null) return w.say("{0}: no region of `{1}` has page {2}; it has no regions.", ...values);
    return nearby.side === "below"
      ? w.say("{0}: no region of `{1}` has page {2}; `{3}` ends at page {4}.", ...values, nearby.name, nearby.page)
      : w.say("{0}: no region of `{1}` has page {2}; `{3}` begins at page {4}.", ...values, nearby.name, nearby.page);
  },
};

const guardHits = {
  access(facts: PageAccess & { readonly guard: string }, w: Words) {
    return w.say("{0}: the guard `{1}` has page {2}.", pageAccessText(facts, w), facts.guard, facts.page);
  },

  map({ guard, page }: { readonly guard: string; readonly page: number }, w: Words) {
    return w.say("the guard `{0}` has page {1}, and nothing can be mapped where a guard is.", guard, page);
  },
};

/** Accesses that the page table, a segment or a guard refuses. */
export const pageFaults = {
  "page-fault": problemKind<FactsOfVariants<typeof faults>>(
    {
      title: "Page fault",
      explanation:
        "The page table has no valid entry for this page, so the processor cannot translate the address. An operating system would bring the page in, or end the program with a segmentation fault.",
      advice: "Map the page before touching it.",
      example: "vm frames=16\ntranslate 0x5000",
    },
    tellVariant(faults),
  ),

  "protection-fault": problemKind<Forbidden>(
    {
      title: "Protection fault",
      explanation:
        "The page is mapped, but its entry does not permit this kind of access: writing needs `w`, reading `r`, executing `x`. That is how code pages stay unwritten and data pages unexecuted.",
      advice: "Give the page the permission with `protect`, or do not touch it that way.",
      example: "vm frames=16\nmap 0 -> 1 r\nstore 0 7",
    },
    (facts, w) => ({
      message: w.say(
        "{0}: page {1} permits `{2}`, and this needs `{3}`.",
        pageAccessText(facts, w),
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
        "The page is there so that nobody touches it: a stack that grew over its end, or a write that ran over a neighbour's.",
      advice: "Stay within the region beside the guard, or give that region more pages.",
      example: "vm demand=on\nguard below 15..16\nstore 0xf000 1",
    },
    tellVariant(guardHits),
  ),
};
