import { asPageNumber, asPhysicalAddress, asVirtualAddress, type PageNumber, type VirtualAddress } from "../address";
import { ByteStore, type ByteStoreContract, type ByteStoreSnapshot } from "../bytes/ByteStore";
import { eventKindNumber, type EventLog } from "../events";
import type { ReplacementPolicy } from "../replacement/contract";
import { AccessCheck, type Refusal } from "./AccessCheck";
import type { AddressSpace } from "./AddressSpace";
import { AddressLookup } from "./AddressLookup";
import { AddressSpaces, type AddressSpacesSnapshot } from "./AddressSpaces";
import type { Compressor } from "./CompressedPool";
import type {
  AccessKind,
  AccessOutcome,
  Fault,
  MapFailure,
  PageTableEntry,
  RegionRequest,
  SpaceFailure,
  TranslationOutcome,
  VirtualMemoryOptions,
  VirtualMemorySnapshot,
  VirtualMemoryStats,
} from "./contract";
import { FaultHandler, isForbidden } from "./FaultHandler";
import { InvertedTable } from "./InvertedTable";
import { brokenInvariants } from "./invariants";
import { failureOf, frameOrNull, Mapper } from "./Mapper";
import { mergeEqualFrames } from "./mergeEqualFrames";
import { Pager, type PagerSnapshot } from "./Pager";
import { PageTables } from "./PageTables";
import { PlainHits } from "./PlainHits";
import { ProcessorReferences, type CheckedSnapshot } from "./ProcessorReferences";
import { References } from "./References";
import { addRegion, growRegion } from "./regions";
import { SegmentTable, type Segment } from "./segments";
import { pageFlags } from "./tableFormats";
import { statsOf } from "./stats";
import { Tlb, type TlbOptions, type TlbSnapshot } from "./Tlb";

const translateEvent = eventKindNumber("translate");
const switchEvent = eventKindNumber("switch");
/** Noted for a reference that uses no page: no page has this key. */
const noPage = Number.MAX_SAFE_INTEGER;

interface Snapshot extends VirtualMemorySnapshot {
  readonly pager: PagerSnapshot;
  readonly spaces: AddressSpacesSnapshot;
  readonly tlb: TlbSnapshot | null;
  readonly inverted: readonly (readonly number[])[] | null;
  readonly tlbOptions: TlbOptions | null;
  readonly checked: CheckedSnapshot;
  /** Physical memory, addressed by physical address; swap slots lie behind the last frame. */
  readonly physical: ByteStoreSnapshot;
  readonly counts: readonly number[];
}

/** Makes the policy that decides about a space's frames, or about all frames. */
export type PolicyMaker = (pager: Pager) => ReplacementPolicy;

/**
 * Address spaces over physical frames: segments, page tables, a lookaside buffer, demand paging and swap.
 *
 * Every reference is a hit or a fault: a protection fault and a page beyond the address space count as faults too, so that
 * `references` is always their sum. A reference to a page that demand paging had to bring in is one fault and no hit, as
 * textbooks count; one that had to copy a shared page is a fault too. A mistake is a result with its reason, never an
 * exception.
 */
export class VirtualMemory {
  readonly physical: ByteStoreContract = new ByteStore();
  readonly pager: Pager;
  readonly tables: PageTables;
  tlb: Tlb | null;
  /** Where the key of the page of each reference is noted (see `pageKey`), for policies that look ahead; null: nowhere. */
  recorder: number[] | null = null;
  readonly invertedTable: InvertedTable | null;
  /** Of the last reference that led to an address; `evicted` is -1 without one. */
  readonly touched = new References();
  /** Of the last reference that did not. */
  fault: Fault | null = null;
  private readonly addressSpaces: AddressSpaces;
  private readonly lookup: AddressLookup;
  private readonly mapper: Mapper;
  private readonly faultHandler: FaultHandler;
  private readonly accessCheck: AccessCheck;
  /** The processor's mode, tables written by hand, and references that need either. */
  readonly checked: ProcessorReferences;
  /** Null without paging. */
  private readonly plainHits: PlainHits | null;
  private merged = 0;

  /** Without a policy nothing is ever evicted; without a compressor there is no compressed pool. */
  constructor(
    readonly options: VirtualMemoryOptions,
    readonly log: EventLog,
    makePolicy: PolicyMaker | null = null,
    compressor: Compressor | null = null,
  ) {
    const { format, pageSize, allocation } = options;
    this.pager = new Pager(options, this.physical, log, compressor, {
      policyOf: (space) => this.addressSpaces.policyOf(space),
      spaceById: (id) => this.addressSpaces.byId(id),
      onLeave: (space, id, frame) => this.mapper.noteLeave(space, id, frame),
      onClear: (space, id) => this.tables.writeUsage(space, id),
    });
    const bytes = options.bytes ? this.physical : null;
    this.tables = new PageTables(format, pageSize, this.pager, bytes, options.frames, options.physicalBits);
    this.invertedTable = options.inverted ? new InvertedTable(options.frames) : null;
    const { pager, tables, invertedTable } = this;
    this.addressSpaces = new AddressSpaces(format, allocation, makePolicy && (() => makePolicy(pager)));
    this.mapper = new Mapper(options, this.addressSpaces, pager, tables, invertedTable, log);
    const { mapper, touched, addressSpaces } = this;
    this.faultHandler = new FaultHandler(options, pager, mapper, tables, () => this.checked.processor);
    const { faultHandler } = this;
    this.checked = new ProcessorReferences(options, pager, tables, mapper, faultHandler, touched, log);
    this.lookup = new AddressLookup(options, pager, this.physical, tables, this.checked);
    const { lookup, checked } = this;
    this.accessCheck = new AccessCheck(
      options,
      pager,
      addressSpaces,
      lookup,
      faultHandler,
      checked,
      tables.areInMemory,
    );
    this.plainHits = options.paging ? new PlainHits(options, pager, this.addressSpaces, this.touched) : null;
    this.tlb = options.tlb === null ? null : new Tlb(options.tlb);
    this.connectTlb();
  }

  get current(): AddressSpace {
    return this.addressSpaces.current;
  }

  /** Mapped pages of the current space. */
  get mappedPages(): number {
    return this.current.mapped;
  }

  get freeFrames(): number {
    return this.pager.frames.free;
  }

  /** What decides about the frames of the current space. */
  get policy(): ReplacementPolicy | null {
    return this.addressSpaces.policyOf(this.current);
  }

  policyOf(space: AddressSpace): ReplacementPolicy | null {
    return this.addressSpaces.policyOf(space);
  }

  get spaces(): readonly AddressSpace[] {
    return this.addressSpaces.all;
  }

  spaceNamed(name: string): AddressSpace | undefined {
    return this.addressSpaces.named(name);
  }

  /** Starts a process; `quota` counts for local allocation. */
  createSpace(name: string, quota: number): SpaceFailure {
    if (this.spaceNamed(name) !== undefined) return "exists";
    this.addressSpaces.add(name, quota);
    return "none";
  }

  /** Makes the named space current. */
  switchTo(name: string): SpaceFailure {
    const space = this.spaceNamed(name);
    if (space === undefined) return "unknown";
    if (space === this.current) return "none";
    this.log.push(switchEvent, this.current.id, space.id, 0, 0);
    this.addressSpaces.current = space;
    this.tlb?.switchSpace();
    return "none";
  }

  /** A child of the current space with the same pages, copied when written. */
  fork(name: string): SpaceFailure {
    if (this.spaceNamed(name) !== undefined) return "exists";
    if (this.invertedTable !== null) return "cannot-share";
    return this.mapper.fork(this.current, name);
  }

  /** Ends a process; when it is the current one, the oldest other becomes current. The last one cannot end. */
  exitSpace(name: string): SpaceFailure {
    const space = this.spaceNamed(name);
    if (space === undefined) return "unknown";
    if (space === this.current) {
      const heir = this.spaces.find((other) => other !== space);
      if (heir === undefined) return "last";
      this.switchTo(heir.name);
    }
    this.mapper.end(space);
    return "none";
  }

  /**
   * False when it overlaps another region of the current space or its name is taken. A guard takes the pages away that are
   * mapped there, with their bytes, as MADV_GUARD_INSTALL of Linux does; a huge page goes as a whole.
   */
  addRegion(request: RegionRequest): boolean {
    return addRegion(this, request);
  }

  /** Moves a region's end (or start, for one that grows down) by pages; false when another region is in the way. */
  growRegion(name: string, pages: number): boolean {
    return growRegion(this, name, pages);
  }

  /** Maps a page of the current space; without a frame the lowest free one is chosen (with demand paging: at the first touch). */
  map(vpn: number, flags: number, pfn?: number, order = 0): MapFailure {
    return this.mapper.map(this.current, vpn, flags, pfn, order);
  }

  /** Returns false when the page is not mapped. */
  unmap(vpn: number): boolean {
    return this.mapper.unmap(this.current, vpn);
  }

  /** Replaces the permission bits; false when the page is not mapped. */
  protect(vpn: number, flags: number): boolean {
    return this.mapper.protect(this.current, vpn, flags);
  }

  /** Checks and counts one reference as hardware would: sets accessed and dirty bits, counts hit or fault. */
  access(address: number, kind: AccessKind): AccessOutcome {
    return this.outcome(this.refer(address, kind));
  }

  /**
   * `access` for many references: the physical address with the facts in `touched`, or -1 with the reason in `fault`. It
   * makes no object, and a hit leaves no event.
   */
  touch(address: number, kind: AccessKind): number {
    if (this.plainHits !== null && this.recorder === null && !this.checked.areNeeded) {
      const physical = this.plainHits.hit(address, kind, this.tlb);
      if (physical >= 0) return physical;
    }
    return this.refer(address, kind);
  }

  /**
   * Refuses an access to several pages as a whole: counts one fault, of the first part that is in the way, and has no other
   * effect. Null, and nothing done, when no part is.
   */
  refuse(address: number, length: number, kind: AccessKind): Refusal | null {
    const refusal = this.accessCheck.first(address, length, kind);
    if (refusal === null) return null;
    if (refusal.fault.reason === "out-of-frames") this.countFault(refusal.fault);
    else this.refer(refusal.address, kind);
    return { address: refusal.address, fault: this.fault! };
  }

  /** Why an access to a byte of a space would be refused, or null; without any effect. */
  faultAt(address: number, kind: AccessKind, space: AddressSpace): Fault | null {
    return this.accessCheck.faultAt(address, kind, space);
  }

  /** The walk of a `translate` statement: counted as a reference, hit or fault; no permission check, no bits set. */
  reference(address: number): AccessOutcome {
    return this.outcome(this.refer(address, null));
  }

  /** The same walk without any effect at all, for hovers and views. */
  translate(address: number): TranslationOutcome {
    return this.lookup.translate(address, this.current);
  }

  /** Why no page can be at an address that segments gave, or null. */
  outside(linear: number): Fault | null {
    return this.lookup.outside(Math.floor(linear / this.options.pageSize), linear);
  }

  /**
   * Where the byte of an address is in `physical` now, in a frame or a swap slot; -1 when its page was never touched. Of the
   * current space when none is given.
   */
  locate(address: number, space: AddressSpace = this.current): number {
    return this.lookup.locate(address, space);
  }

  /** Bytes at virtual addresses of the current space as far as pages have any, wherever they are. Never counts. */
  peek(address: number, length: number): Uint8Array | undefined {
    return this.lookup.peek(address, length, this.current);
  }

  /** Merges frames with equal bytes; returns how many were given back. */
  mergeEqualPages(): number {
    if (this.invertedTable !== null) return 0;
    const given = mergeEqualFrames(this.pager, this.physical, this.options.pageSize, this.log, (id) => {
      const { mappings } = this.pager;
      const space = this.addressSpaces.byId(mappings.space[id]);
      this.tables.write(space, id);
      this.tlb?.invalidate(space.id, mappings.vpn[id], mappings.order[id]);
    });
    this.merged += given;
    return given;
  }

  /** Gives the current space its segments. */
  setSegments(segments: readonly Segment[]): void {
    this.current.segments = new SegmentTable(segments, this.options.segmentSpace);
  }

  /** Gives the processor another lookaside buffer, empty. */
  useTlb(options: TlbOptions): void {
    this.tlb = new Tlb(options);
    this.connectTlb();
  }

  private connectTlb(): void {
    this.mapper.tlb = this.tlb;
    this.checked.useTlb(this.tlb);
  }

  /** The entry that covers a page of the current space. */
  entry(vpn: number): PageTableEntry | undefined {
    const id = this.current.mappingOf(vpn);
    return id < 0 ? undefined : this.view(id);
  }

  /** The latest page mapped to a frame, of whatever space, if any. */
  pageOfFrame(pfn: number): PageNumber | undefined {
    const id = this.mapper.mappingOfFrame(pfn);
    return id < 0 ? undefined : asPageNumber(this.pager.mappings.vpn[id]);
  }

  /** Entries of a space, the current one when none is given, by ascending page number. */
  *entries(space: AddressSpace = this.current): IterableIterator<PageTableEntry> {
    for (const id of space.mappings()) yield this.view(id);
  }

  virtualAddress(vpn: PageNumber, offset: number): VirtualAddress {
    return asVirtualAddress(vpn * this.options.pageSize + offset);
  }

  stats(): VirtualMemoryStats {
    return statsOf(this, this.merged);
  }

  checkInvariants(): string[] {
    return brokenInvariants(this);
  }

  snapshot(): VirtualMemorySnapshot {
    const { hits, faults, tlbHits, tlbMisses } = this.touched;
    const snapshot: Snapshot = {
      kind: "vm",
      pager: this.pager.save(),
      spaces: this.addressSpaces.save(),
      tlb: this.tlb?.save() ?? null,
      inverted: this.invertedTable?.save() ?? null,
      tlbOptions: this.tlb?.options ?? null,
      checked: this.checked.save(),
      physical: this.physical.snapshot(),
      counts: [hits, faults, tlbHits, tlbMisses, this.merged],
    };
    return snapshot;
  }

  restore(snapshot: VirtualMemorySnapshot): void {
    const saved = snapshot as Snapshot;
    this.pager.load(saved.pager);
    this.physical.restore(saved.physical);
    this.addressSpaces.load(saved.spaces);
    const { mappings } = this.pager;
    for (const id of mappings.ids()) {
      this.addressSpaces.byId(mappings.space[id]).enter(mappings.vpn[id], mappings.order[id], id);
    }
    if (saved.tlbOptions !== (this.tlb?.options ?? null)) this.tlb = saved.tlbOptions && new Tlb(saved.tlbOptions);
    this.connectTlb();
    this.checked.load(saved.checked);
    if (saved.tlb !== null) this.tlb?.load(saved.tlb);
    if (saved.inverted !== null) {
      this.invertedTable?.load(saved.inverted, (frame) => {
        const id = mappings.first(frame);
        return { space: mappings.space[id], vpn: mappings.vpn[id] };
      });
    }
    const [hits = 0, faults = 0, tlbHits = 0, tlbMisses = 0, merged = 0] = saved.counts;
    Object.assign(this.touched, { hits, faults, tlbHits, tlbMisses });
    this.merged = merged;
  }

  /**
   * One reference; without a kind no permission is checked and no bit set. Returns the physical address and leaves the
   * facts in `touched`, or returns -1 and leaves `fault`: a million references allocate nothing.
   */
  private refer(address: number, kind: AccessKind | null): number {
    const { pager, options, current } = this;
    const { mappings } = pager;
    const linear = this.lookup.linearOf(address, kind, current);
    const page = typeof linear === "number" ? Math.floor(linear / options.pageSize) : -1;
    this.recorder?.push(pager.keyOf(current, page));
    if (typeof linear !== "number") return this.countFault(linear);
    const vpn = asPageNumber(page);
    if (!options.paging) return this.referDirectly(address, linear, vpn);
    const outside = this.lookup.outside(page, linear);
    if (outside !== null) return this.countFault(outside);
    const { policy } = this;
    pager.time = this.touched.total;
    pager.evictedPage = -1;
    if (policy?.timed === true) pager.advance(policy);
    if (this.checked.areNeeded) return this.referChecked(address, page, linear, kind);
    let id = current.mappingOf(page);
    const absent = id < 0 || mappings.frame[id] < 0;
    const tlbHit = this.lookUp(page, absent);
    if (absent) {
      const failure = this.faultHandler.bringIn(current, page, id, kind);
      if (failure !== null) return this.countFault(failure);
      id = current.mappingOf(page);
    }
    const flags = mappings.flags[id];
    if (kind !== null && isForbidden(flags, kind)) {
      return this.countFault({ reason: "protection-fault", vpn, flags });
    }
    const invalid = kind === null ? this.tables.invalidLeaf(flags, mappings.order[id]) : null;
    if (invalid !== null) return this.countFault({ reason: "bad-entry", vpn, ...invalid });
    let copied = false;
    if (kind === "write" && (flags & pageFlags.copyOnWrite) !== 0) {
      const { copies } = pager;
      const succeeded = pager.makePrivate(current, id);
      this.mapper.noteFrame(current, id);
      if (!succeeded) return this.countFault({ reason: failureOf(pager.lastFailure), vpn });
      copied = pager.copies > copies;
    }
    if (kind !== null) this.mapper.markUsed(current, id, kind === "write");
    pager.refer(id, kind !== null);
    // A copy changed the translation, which a processor then looks up again.
    if (tlbHit === false || (copied && tlbHit !== null))
      this.tlb?.insert(current.id, mappings.vpn[id], mappings.order[id], (flags & pageFlags.global) !== 0);
    if (absent || copied) this.touched.faults++;
    else this.touched.hits++;
    const physical = this.lookup.physicalOf(id, linear);
    this.touched.note(page, absent, pager.evictedPage, tlbHit, copied);
    this.log.push(translateEvent, address, physical, 0, 0);
    return physical;
  }

  /** Completes a reference in a mode that checks more than the permission flags. */
  private referChecked(address: number, page: number, linear: number, kind: AccessKind | null): number {
    const physical = this.checked.refer(this.current, page, linear, address, kind);
    if (typeof physical !== "number") return this.countFault(physical);
    this.log.push(translateEvent, address, physical, 0, 0);
    return physical;
  }

  /** What `refer` left, as an object. */
  private outcome(physical: number): AccessOutcome {
    if (physical < 0) return this.fault!;
    const { page, faulted, evicted, tlbHit, copied } = this.touched;
    const vpn = asPageNumber(page);
    const left = evicted < 0 ? null : asPageNumber(evicted);
    const evictedFrom = left === null ? null : this.pager.evictedSpace;
    const touch = { faulted, evicted: left, evictedFrom, tlbHit, copied };
    return { reason: "none", vpn, physical: asPhysicalAddress(physical), ...touch };
  }

  /** Asks the lookaside buffer; null without one. */
  private lookUp(page: number, absent: boolean): boolean | null {
    if (this.tlb === null) return null;
    return this.touched.countLookup(!absent && this.tlb.lookup(this.current.id, page));
  }

  /** Without paging what segments give is the physical address. */
  private referDirectly(address: number, linear: number, vpn: PageNumber): number {
    const { frames, pageSize } = this.options;
    if (linear >= frames * pageSize) return this.countFault({ reason: "invalid-page", vpn });
    this.touched.hits++;
    this.touched.note(vpn, false, -1, null, false);
    this.log.push(translateEvent, address, linear, 0, 0);
    return linear;
  }

  private view(id: number): PageTableEntry {
    const { mappings } = this.pager;
    const slot = mappings.slot[id];
    return {
      vpn: asPageNumber(mappings.vpn[id]),
      pfn: frameOrNull(mappings.frame[id]),
      slot: slot < 0 ? null : slot,
      evicted: (mappings.flags[id] & pageFlags.evicted) !== 0,
      flags: mappings.flags[id] & ~pageFlags.evicted,
      order: mappings.order[id],
    };
  }

  /** A reference that fails is no use of a page, unless it was room that it lacked. */
  private countFault(fault: Fault): number {
    this.touched.faults++;
    const lackedRoom = fault.reason === "out-of-frames" || fault.reason === "out-of-swap";
    if (this.recorder !== null && !lackedRoom) this.recorder[this.recorder.length - 1] = noPage;
    this.fault = fault;
    return -1;
  }
}
