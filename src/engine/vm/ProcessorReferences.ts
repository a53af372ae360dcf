import { asPageNumber } from "../address";
import { eventKindNumber, type EventLog } from "../events";
import type { AddressSpace } from "./AddressSpace";
import type { AccessKind, Fault, StaleTranslation, VirtualMemoryOptions } from "./contract";
import { pageFlags } from "./entryBits";
import { forbidden, type FaultHandler } from "./FaultHandler";
import { failureOf, type Mapper } from "./Mapper";
import type { Pager } from "./Pager";
import type { PageTables } from "./PageTables";
import { clearBitOf, denialOf, isPlain, plainProcessor, type Processor } from "./processor";
import type { References } from "./References";
import { Translations, type Translation } from "./Translations";
import type { Tlb, TlbEntry } from "./Tlb";

const writeEntryEvent = eventKindNumber("write-entry");

/** Uses of stale translations that are kept until they are taken. */
const mostStaleUses = 10;

/** A reference that went by a stale translation; a null kind is a walk. */
export interface StaleUse {
  readonly address: number;
  readonly kind: AccessKind | null;
  readonly page: number;
  readonly stale: StaleTranslation;
}

/** An entry written by hand: its physical address, and its word before and after. */
export interface WrittenEntry {
  readonly address: number;
  readonly before: bigint;
  readonly after: bigint;
}

export type CheckedSnapshot = ReturnType<ProcessorReferences["save"]>;

/**
 * References of a processor whose checks are not the plain ones: it runs in a mode, its tables were written by hand, or its
 * lookaside buffer forgets nothing by itself. Everything else takes the short way of `VirtualMemory`.
 */
export class ProcessorReferences {
  processor: Processor = plainProcessor;
  /** Whether references come here. */
  areNeeded = false;
  private tlb: Tlb | null = null;
  /** References that went by the lookaside buffer though the page table says otherwise; the first few since they were taken. */
  private staleUses: StaleUse[] = [];

  private readonly translations: Translations;

  constructor(
    private readonly options: VirtualMemoryOptions,
    private readonly pager: Pager,
    private readonly tables: PageTables,
    private readonly mapper: Mapper,
    private readonly faultHandler: FaultHandler,
    private readonly touched: References,
    private readonly log: EventLog,
  ) {
    this.translations = new Translations(pager, tables);
  }

  useTlb(tlb: Tlb | null): void {
    this.tlb = tlb;
    this.noteNeed();
  }

  /** Changes the processor's mode or its controls. The lookaside buffer stays. */
  useProcessor(changes: Partial<Processor>): void {
    this.processor = { ...this.processor, ...changes };
    this.noteNeed();
  }

  /**
   * Writes the entry of a page at a level, from the root, by hand: `change` makes its word of the one that is there. The page
   * itself stays as it is for the operating system. Returns the words, or null when no table is there.
   */
  writeEntry(space: AddressSpace, vpn: number, level: number, change: (word: bigint) => bigint): WrittenEntry | null {
    const { tables, tlb } = this;
    const address = tables.entryForHand(space, vpn, level);
    if (address < 0) return null;
    const before = tables.wordAt(address);
    const after = change(before);
    tables.writeByHand(address, after);
    this.noteNeed();
    const { from, to } = tables.span(vpn, level);
    if (tlb?.options.coherent === true) tlb.flushPages(space.id, from, to);
    this.log.push(writeEntryEvent, vpn, address, space.id, 0);
    return { address, before, after };
  }

  /** The uses of stale translations since they were taken last. */
  takeStaleUses(): readonly StaleUse[] {
    const taken = this.staleUses;
    if (taken.length > 0) this.staleUses = [];
    return taken;
  }

  save() {
    return { processor: this.processor, byHand: this.tables.areByHand };
  }

  load({ processor, byHand }: CheckedSnapshot): void {
    this.processor = processor;
    this.tables.areByHand = byHand;
    this.noteNeed();
  }

  private noteNeed(): void {
    this.areNeeded = this.tables.areByHand || this.tlb?.options.coherent === false || !isPlain(this.processor);
  }

  /**
   * One reference to a page that can exist; without a kind no permission is checked and no bit set. Counts a reference that
   * leads to an address and returns that, or returns the fault, which is not counted.
   */
  refer(space: AddressSpace, page: number, linear: number, address: number, kind: AccessKind | null): number | Fault {
    const { tlb, touched } = this;
    const remembered = tlb === null || tlb.options.coherent ? null : tlb.find(space.id, page);
    if (tlb !== null && remembered !== null) {
      if (!this.needsWalk(remembered, kind)) {
        tlb.lookup(space.id, page);
        this.useRemembered(remembered, space, page, address, kind);
        return physicalOf(remembered, linear, this.options.pageSize);
      }
      // A page fault drops the entries of its page (Intel SDM vol. 3A, 4.10.4.1), and a bit to be set needs a walk.
      tlb.invalidate(space.id, remembered.vpn, remembered.order);
    }
    // A fault that the page table does not justify: the operating system finds nothing to do, and the access is repeated.
    const spurious = remembered !== null && kind !== null && this.isDenied(remembered.flags, kind);
    let found = this.translations.look(space, page);
    const absent = "kind" in found && found.kind === "absent";
    const hit = tlb?.options.coherent === true && !absent && !("kind" in found) && tlb.lookup(space.id, page);
    const tlbHit = tlb === null ? null : touched.countLookup(hit);
    if ("kind" in found && found.kind === "absent") {
      const fault = this.faultHandler.bringIn(space, page, found.id, kind);
      if (fault !== null) return fault;
      found = this.translations.look(space, page);
    }
    let copied = false;
    if (!("kind" in found) && kind === "write" && this.mustCopy(found)) {
      const { id } = found;
      const { copies } = this.pager;
      const succeeded = this.pager.makePrivate(space, id);
      this.mapper.noteFrame(space, id);
      if (!succeeded) return { reason: failureOf(this.pager.lastFailure), vpn: asPageNumber(page) };
      copied = this.pager.copies > copies;
      found = this.translations.look(space, page);
    }
    if ("kind" in found)
      return found.kind === "fault" ? found.fault : { reason: "page-fault", vpn: asPageNumber(page) };
    const refused = this.refusal(found, page, kind);
    if (refused !== null) return refused;
    if (kind !== null) this.markUsed(space, found, kind === "write");
    if (found.id >= 0) this.pager.refer(found.id, kind !== null);
    if (tlb !== null && (tlbHit === false || copied)) this.remember(tlb, space, found, kind);
    if (absent || copied || spurious) touched.faults++;
    else touched.hits++;
    touched.note(page, absent || spurious, this.pager.evictedPage, tlbHit, copied);
    return physicalOf(found, linear, this.options.pageSize);
  }

  /** Why a reference to a page would be refused, or null; without any effect. */
  refusalAt(space: AddressSpace, page: number, kind: AccessKind): Fault | null {
    const remembered = this.tlb?.options.coherent === false ? this.tlb.find(space.id, page) : null;
    if (remembered !== null && !this.needsWalk(remembered, kind)) return null;
    const found = this.translations.look(space, page);
    if (!("kind" in found)) return kind === "write" && this.mustCopy(found) ? null : this.refusal(found, page, kind);
    return found.kind === "fault" ? found.fault : this.faultHandler.refusal(space, page, found.id, kind);
  }

  /** What the page table says, without any effect; null when there is no translation. */
  translation(space: AddressSpace, page: number): Translation | Fault {
    const found = this.translations.look(space, page);
    if (!("kind" in found)) {
      return found.beyond === null ? found : { reason: "bad-entry", vpn: asPageNumber(page), ...found.beyond };
    }
    return found.kind === "fault" ? found.fault : { reason: "page-fault", vpn: asPageNumber(page) };
  }

  /** Whether every entry on the way to a page is valid: bit P of the error code, where the access is refused. */
  isPresent(space: AddressSpace, page: number): boolean {
    return !("kind" in this.translations.look(space, page));
  }

  /** What a lookaside buffer that is not coherent would use for a page though the page table says otherwise, or null. */
  staleEntry(space: AddressSpace, page: number, kind: AccessKind | null): StaleTranslation | null {
    const entry = this.tlb?.options.coherent === false ? this.tlb.find(space.id, page) : null;
    return entry === null || this.needsWalk(entry, kind) ? null : this.staleness(entry, space, page, kind);
  }

  /** A write to a page that is copied first, unless a supervisor writes regardless of R/W: that is what CR0.WP prevents. */
  private mustCopy({ id, flags }: Translation): boolean {
    const { processor, options } = this;
    if (id < 0) return false;
    const known = this.pager.mappings.flags[id];
    const isCopied = (known & pageFlags.copyOnWrite) !== 0 && (known & pageFlags.write) !== 0;
    return (
      isCopied &&
      denialOf(flags | pageFlags.write, "write", processor, options.format.name) === null &&
      denialOf(flags, "write", processor, options.format.name) !== null
    );
  }

  private refusal({ flags, beyond }: Translation, page: number, kind: AccessKind | null): Fault | null {
    const { processor, options } = this;
    const vpn = asPageNumber(page);
    const rule = kind === null ? null : denialOf(flags, kind, processor, options.format.name);
    if (rule !== null) return forbidden(vpn, flags, rule);
    const bit = kind === null ? null : clearBitOf(flags, kind, processor, options.format.name);
    if (bit !== null) return { reason: "clear-bit", vpn, bit };
    return beyond === null ? null : { reason: "bad-entry", vpn, ...beyond };
  }

  private markUsed(space: AddressSpace, { id, entries }: Translation, isWrite: boolean): void {
    if (entries === null) {
      this.mapper.markUsed(space, id, isWrite);
      return;
    }
    this.tables.markWalked(entries, isWrite);
    if (id < 0) return;
    const { mappings } = this.pager;
    if (isWrite) this.pager.noteWrite(mappings.frame[id]);
    mappings.flags[id] |= pageFlags.accessed | (isWrite ? pageFlags.dirty : 0);
  }

  private isDenied(flags: number, kind: AccessKind): boolean {
    return denialOf(flags, kind, this.processor, this.options.format.name) !== null;
  }

  private needsWalk({ flags }: TlbEntry, kind: AccessKind | null): boolean {
    if (kind === null) return false;
    if (this.isDenied(flags, kind)) return true;
    // A translation that was only looked at has A clear, and the first write has to set D.
    return (flags & pageFlags.accessed) === 0 || (kind === "write" && (flags & pageFlags.dirty) === 0);
  }

  private useRemembered(
    entry: TlbEntry,
    space: AddressSpace,
    page: number,
    address: number,
    kind: AccessKind | null,
  ): void {
    const { touched, pager, staleUses } = this;
    touched.countLookup(true);
    const stale = this.staleness(entry, space, page, kind);
    const now = this.translations.look(space, page);
    if (stale !== null || "kind" in now) {
      if (stale !== null && staleUses.length < mostStaleUses) staleUses.push({ address, kind, page, stale });
    } else {
      if (kind !== null) this.markUsed(space, now, kind === "write");
      if (now.id >= 0) pager.refer(now.id, kind !== null);
    }
    touched.hits++;
    touched.note(page, false, -1, true, false);
  }

  /** How an entry differs from the page table so that the access would not have happened, or elsewhere; null when it does not. */
  private staleness(
    { frame, flags, vpn, order }: TlbEntry,
    space: AddressSpace,
    page: number,
    kind: AccessKind | null,
  ): StaleTranslation | null {
    const now = this.translations.look(space, page);
    const used = { frame: frame + (page - vpn), flags, first: vpn, order };
    if ("kind" in now) return { ...used, now: { kind: "none" } };
    const there = now.frame + (page - now.vpn);
    if (there !== used.frame) return { ...used, now: { kind: "frame", frame: there } };
    const rule = kind === null ? null : denialOf(now.flags, kind, this.processor, this.options.format.name);
    return rule === null ? null : { ...used, now: { kind: "denied", flags: now.flags } };
  }

  /** A write that found D clear set it, so the buffer knows D. */
  private remember(tlb: Tlb, space: AddressSpace, found: Translation, kind: AccessKind | null): void {
    const usage = kind === null ? 0 : pageFlags.accessed | (kind === "write" ? pageFlags.dirty : 0);
    const isGlobal = (found.flags & pageFlags.global) !== 0;
    tlb.insert(space.id, found.vpn, found.order, isGlobal, found.frame, found.flags | usage);
  }
}

function physicalOf(page: { vpn: number; frame: number }, linear: number, pageSize: number): number {
  return page.frame * pageSize + (linear - page.vpn * pageSize);
}
