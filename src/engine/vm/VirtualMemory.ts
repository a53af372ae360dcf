import {
  asFrameNumber,
  asPageNumber,
  asPhysicalAddress,
  asVirtualAddress,
  type PageNumber,
  type VirtualAddress,
} from "../address";
import { ByteStore, type ByteStoreContract, type ByteStoreSnapshot } from "../bytes/ByteStore";
import { eventKindNumber, type EventLog } from "../events";
import {
  pageFlags,
  permissionMask,
  type AccessKind,
  type AccessOutcome,
  type MapFailure,
  type PageTableEntry,
  type VirtualMemoryContract,
  type VirtualMemoryOptions,
  type VirtualMemorySnapshot,
  type VirtualMemoryStats,
} from "./contract";
import { PageTable, type PackedEntries } from "./PageTable";

const mapEvent = eventKindNumber("map");
const unmapEvent = eventKindNumber("unmap");
const protectEvent = eventKindNumber("protect");
const translateEvent = eventKindNumber("translate");

const ok = { reason: "none" } as const;

interface Snapshot extends VirtualMemorySnapshot {
  readonly table: PackedEntries;
  readonly physical: ByteStoreSnapshot;
  readonly hits: number;
  readonly faults: number;
}

/**
 * A flat page table over physical frames. Every reference is a hit or a fault: a protection fault and a page beyond
 * the address space count as faults too, so that `references` is always their sum.
 */
export class VirtualMemory implements VirtualMemoryContract {
  readonly physical: ByteStoreContract = new ByteStore();
  private readonly table: PageTable;
  private hits = 0;
  private faults = 0;

  constructor(
    readonly options: VirtualMemoryOptions,
    readonly log: EventLog,
  ) {
    this.table = new PageTable(options.frames);
  }

  get mappedPages(): number {
    return this.table.size;
  }

  get freeFrames(): number {
    return this.options.frames - this.table.size;
  }

  map(vpn: number, flags: number, pfn?: number): MapFailure {
    if (!isIndexBelow(vpn, this.options.pages)) return { reason: "invalid-page" };
    const present = this.table.frameOf(vpn);
    if (present !== -1) return { reason: "already-mapped", pfn: asFrameNumber(present) };
    let frame: number;
    if (pfn === undefined) {
      frame = this.table.lowestFreeFrame();
      if (frame === -1) return { reason: "out-of-frames" };
    } else {
      if (!isIndexBelow(pfn, this.options.frames)) return { reason: "invalid-frame" };
      const holder = this.table.pageOf(pfn);
      if (holder !== -1) return { reason: "frame-in-use", vpn: asPageNumber(holder) };
      frame = pfn;
    }
    const permissions = flags & permissionMask;
    this.table.add(vpn, frame, permissions);
    this.log.push(mapEvent, vpn, frame, permissions, 0);
    return ok;
  }

  unmap(vpn: number): boolean {
    const pfn = this.table.frameOf(vpn);
    if (pfn === -1) return false;
    this.table.remove(vpn, pfn);
    this.log.push(unmapEvent, vpn, pfn, 0, 0);
    return true;
  }

  protect(vpn: number, flags: number): boolean {
    const pfn = this.table.frameOf(vpn);
    if (pfn === -1) return false;
    const old = this.table.flagsOfFrame(pfn);
    const permissions = flags & permissionMask;
    this.table.setFlagsOfFrame(pfn, (old & ~permissionMask) | permissions);
    this.log.push(protectEvent, vpn, permissions, old & permissionMask, 0);
    return true;
  }

  access(address: number, kind: AccessKind): AccessOutcome {
    const outcome = this.translate(address);
    if (outcome.reason !== "none") return this.countFault(outcome);
    const pfn = this.table.frameOf(outcome.vpn);
    const flags = this.table.flagsOfFrame(pfn);
    if ((flags & pageFlags[kind]) === 0) {
      return this.countFault({ reason: "protection-fault", vpn: outcome.vpn, flags });
    }
    this.table.setFlagsOfFrame(pfn, flags | pageFlags.accessed | (kind === "write" ? pageFlags.dirty : 0));
    return this.countHit(address, outcome);
  }

  reference(address: number): AccessOutcome {
    const outcome = this.translate(address);
    return outcome.reason === "none" ? this.countHit(address, outcome) : this.countFault(outcome);
  }

  translate(address: number): AccessOutcome {
    const { pageSize, pages } = this.options;
    const page = Math.floor(address / pageSize);
    const vpn = asPageNumber(page);
    if (!isIndexBelow(page, pages)) return { reason: "invalid-page", vpn };
    const pfn = this.table.frameOf(page);
    if (pfn === -1) return { reason: "page-fault", vpn };
    return { reason: "none", physical: asPhysicalAddress(pfn * pageSize + (address % pageSize)), vpn };
  }

  entry(vpn: number): PageTableEntry | undefined {
    return this.table.entry(vpn);
  }

  pageOfFrame(pfn: number): PageNumber | undefined {
    const vpn = this.table.pageOf(pfn);
    return vpn === -1 ? undefined : asPageNumber(vpn);
  }

  *entries(): IterableIterator<PageTableEntry> {
    for (const vpn of this.table.pageNumbers()) {
      const entry = this.table.entry(vpn);
      if (entry !== undefined) yield entry;
    }
  }

  virtualAddress(vpn: PageNumber, offset: number): VirtualAddress {
    return asVirtualAddress(vpn * this.options.pageSize + offset);
  }

  stats(): VirtualMemoryStats {
    const { hits, faults } = this;
    const paging = { evictions: 0, writebacks: 0, swapIns: 0, swapOuts: 0, tlbHits: 0, tlbMisses: 0 };
    return { references: hits + faults, hits, faults, ...paging };
  }

  checkInvariants(): string[] {
    const violations = this.table.checkInvariants();
    for (const { vpn, pfn } of this.entries()) {
      if (!isIndexBelow(vpn, this.options.pages)) violations.push(`Page ${vpn} lies beyond the address space.`);
      if (!isIndexBelow(pfn, this.options.frames)) violations.push(`Page ${vpn} has frame ${pfn}, which is not there.`);
    }
    return violations;
  }

  snapshot(): VirtualMemorySnapshot {
    const snapshot: Snapshot = {
      kind: "vm",
      table: this.table.pack(),
      physical: this.physical.snapshot(),
      hits: this.hits,
      faults: this.faults,
    };
    return snapshot;
  }

  restore(snapshot: VirtualMemorySnapshot): void {
    const saved = snapshot as Snapshot;
    this.table.unpack(saved.table);
    this.physical.restore(saved.physical);
    this.hits = saved.hits;
    this.faults = saved.faults;
  }

  private countHit(address: number, outcome: AccessOutcome & { reason: "none" }): AccessOutcome {
    this.hits++;
    this.log.push(translateEvent, address, outcome.physical, 0, 0);
    return outcome;
  }

  private countFault(outcome: AccessOutcome): AccessOutcome {
    this.faults++;
    return outcome;
  }
}

function isIndexBelow(value: number, limit: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < limit;
}
