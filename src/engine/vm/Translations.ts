import { asPageNumber } from "../address";
import type { AddressSpace } from "./AddressSpace";
import type { Fault } from "./contract";
import { pageFlags } from "./entryBits";
import { allRights } from "./entryDecoding";
import type { Pager } from "./Pager";
import type { PageTables } from "./PageTables";
import type { EntryFault, WalkedEntry } from "./tableWalk";

/** What a page table says about a page. */
export interface Translation {
  /** First page and first frame; it spans 2^order pages. */
  readonly vpn: number;
  readonly frame: number;
  readonly order: number;
  /** As the hardware sees them: a page to be copied when written is not writable. */
  readonly flags: number;
  /** The mapping that the operating system has there, if the table says the same; else -1. */
  readonly id: number;
  /** The page's frame does not exist. */
  readonly beyond: EntryFault | null;
  /** The entries walked, where bytes were; null otherwise. */
  readonly entries: readonly WalkedEntry[] | null;
}

/** Why there is no translation; `absent` when the operating system may still bring the page in. */
export type NoTranslation =
  { readonly kind: "absent"; readonly id: number } | { readonly kind: "fault"; readonly fault: Fault };

/**
 * What page tables say: the pages that the operating system entered, or, once an entry was written by hand, the bytes of
 * memory.
 */
export class Translations {
  constructor(
    private readonly pager: Pager,
    private readonly tables: PageTables,
  ) {}

  /** Without any effect. */
  look(space: AddressSpace, page: number): Translation | NoTranslation {
    const { tables } = this;
    const { mappings } = this.pager;
    const vpn = asPageNumber(page);
    const id = space.mappingOf(page);
    const isPresent = id >= 0 && mappings.frame[id] >= 0;
    const known = id < 0 ? 0 : mappings.flags[id];
    const rights = (known & pageFlags.copyOnWrite) === 0 ? known : known & ~pageFlags.write;
    if (!tables.areByHand) {
      if (!isPresent) return { kind: "absent", id };
      const refused = tables.invalidLeaf(known, mappings.order[id]);
      if (refused !== null) return { kind: "fault", fault: { reason: "bad-entry", vpn, ...refused } };
      const [frame, order] = [mappings.frame[id], mappings.order[id]];
      return { vpn: mappings.vpn[id], frame, order, flags: rights, id, beyond: null, entries: null };
    }
    const walk = tables.walk(space, page);
    const { end } = walk;
    if (end.kind === "fault") {
      if (end.refusal.kind === "not-present" && !isPresent) return { kind: "absent", id };
      return { kind: "fault", fault: { reason: "bad-entry", vpn, level: end.level, refusal: end.refusal } };
    }
    const isKnown = isPresent && mappings.frame[id] === end.frame && mappings.order[id] === end.order;
    return {
      vpn: page - (page % 2 ** end.order),
      frame: end.frame,
      order: end.order,
      flags: end.flags ?? (isKnown ? rights : allRights | pageFlags.accessed | pageFlags.dirty),
      id: isKnown ? id : -1,
      beyond: end.beyond,
      entries: walk.entries,
    };
  }
}
