import { ByteStore, type ByteStoreContract, type ByteStoreSnapshot } from "../bytes/ByteStore";
import type { AddressSpace } from "./AddressSpace";
import type { Refusal } from "./AccessCheck";
import type { AccessKind, AccessOutcome, Fault } from "./contract";
import type { VirtualMemory } from "./VirtualMemory";

type SuccessfulAccess = Extract<AccessOutcome, { readonly reason: "none" }>;

/** A touch that failed; the bytes stay as they are. */
export interface VirtualFault {
  readonly address: number;
  readonly kind: AccessKind;
  readonly fault: Fault;
}

/** Which pages of a range are where. */
export interface PageUse {
  /** Pages with a frame. */
  readonly resident: number;
  readonly swapped: number;
}

/** Failures remembered of one statement; later ones say the same. */
const mostFailures = 3;

/**
 * Bytes in the pages of a process, so that a heap can lie on virtual memory. Every write goes through the page table as a
 * processor's store does: it faults pages in, sets accessed and dirty bits, copies shared pages, and is counted. Reads look
 * without counting, wherever the bytes are: views and the allocator's own checks leave no trace. A script's reads call
 * {@link load} first.
 *
 * The process must run while something is written. All bytes belong to the pages, so snapshots are the vm's own.
 */
export class VirtualBytes implements ByteStoreContract {
  /** Physical memory counts the bytes. */
  readonly residentBytes = 0;
  private failed: VirtualFault[] = [];
  /** Where a number is laid out before it is written. */
  private readonly scratch = new ByteStore();

  constructor(
    private readonly vm: VirtualMemory,
    readonly space: AddressSpace,
    /** Name of the region that the bytes lie in; it grows when they reach beyond its end. */
    readonly region: string,
    /** Told each reference that led to bytes, and how many. */
    private readonly onTouch: (outcome: SuccessfulAccess, length: number, kind: AccessKind) => void = () => undefined,
  ) {}

  get pageSize(): number {
    return this.vm.options.pageSize;
  }

  get runs(): boolean {
    return this.vm.current === this.space;
  }

  /** Whether a touch failed since failures were taken. */
  get hasFailed(): boolean {
    return this.failed.length > 0;
  }

  /** The failures since the last call. */
  takeFailures(): readonly VirtualFault[] {
    const { failed } = this;
    this.failed = [];
    return failed;
  }

  /** Touches the pages of a range as loads do; false where that failed. */
  load(address: number, length: number): boolean {
    return this.touchAll(address, length, "read");
  }

  /** Refuses an access as a whole, as {@link VirtualMemory.refuse} does. The region grows where the access reaches. */
  refuse(address: number, length: number, kind: AccessKind): Refusal | null {
    this.growTo(Math.ceil((address + length) / this.pageSize));
    return this.vm.refuse(address, length, kind);
  }

  get(address: number): number {
    return this.read(address, 1)[0];
  }

  set(address: number, byte: number): void {
    this.write(address, Uint8Array.of(byte));
  }

  getInteger(address: number, width: number): number {
    this.scratch.write(0, this.read(address, width));
    return this.scratch.getInteger(0, width);
  }

  setInteger(address: number, width: number, value: number): void {
    this.scratch.setInteger(0, width, value);
    this.write(address, this.scratch.read(0, width));
  }

  read(address: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (const [at, part] of this.parts(address, length)) {
      const from = this.locate(at);
      if (from >= 0) bytes.set(this.vm.physical.read(from, part), at - address);
    }
    return bytes;
  }

  write(address: number, bytes: Uint8Array): void {
    for (const [at, part, place] of this.written(address, bytes.length)) {
      this.vm.physical.write(place, bytes.subarray(at - address, at - address + part));
    }
  }

  fill(address: number, length: number, byte: number): void {
    for (const [, part, place] of this.written(address, length)) this.vm.physical.fill(place, part, byte);
  }

  copy(to: number, from: number, length: number): void {
    // Cut where either side crosses into another page; backwards when the target lies above the source.
    const cuts = new Set([0]);
    for (const [at] of this.parts(to, length)) cuts.add(at - to);
    for (const [at] of this.parts(from, length)) cuts.add(at - from);
    const starts = [...cuts].sort((a, b) => a - b);
    const pieces = starts.map((start, at) => [start, (starts.at(at + 1) ?? length) - start] as const);
    const ordered = to > from ? pieces.reverse() : pieces;
    if (length > 0 && this.isRefused(to, length, "write")) return;
    for (const [start, part] of ordered) if (this.touch(to + start, part, "write") < 0) return;
    for (const [start, part] of ordered) {
      const target = this.locate(to + start);
      const source = this.locate(from + start);
      if (source >= 0) this.vm.physical.copy(target, source, part);
      else this.vm.physical.erase(target, part);
    }
  }

  firstUndefined(address: number, length: number): number {
    for (const [at, part] of this.parts(address, length)) {
      const from = this.locate(at);
      if (from < 0) return at;
      const found = this.vm.physical.firstUndefined(from, part);
      if (found >= 0) return at + found - from;
    }
    return -1;
  }

  *residentParts(address: number, length: number): IterableIterator<readonly [start: number, end: number]> {
    for (const [at, part] of this.parts(address, length)) {
      const from = this.locate(at);
      if (from < 0) continue;
      for (const [start, end] of this.vm.physical.residentParts(from, part)) yield [at + start - from, at + end - from];
    }
  }

  forget(address: number, length: number): void {
    for (const [at, part] of this.parts(address, length)) {
      const from = this.locate(at);
      if (from >= 0) this.vm.physical.forget(from, part);
    }
  }

  /** Pages that lie wholly in the range are given back, and the region ends with the range where it did so before. */
  erase(address: number, length: number): void {
    const { pageSize } = this;
    const end = address + length;
    this.release(address, end);
    const area = this.space.areaNamed(this.region);
    const missing = (area?.to ?? 0) - Math.ceil(address / pageSize);
    if (area !== undefined && missing > 0 && Math.ceil(end / pageSize) === area.to) {
      this.vm.growRegion(this.region, -missing);
    }
    for (const [at, part] of this.parts(address, length)) {
      const from = this.locate(at);
      if (from >= 0) this.vm.physical.erase(from, part);
    }
  }

  snapshot(): ByteStoreSnapshot {
    return { kind: "byte-store" };
  }

  restore(): void {
    this.failed = [];
  }

  takeBack(): void {
    // The pages are the vm's own.
  }

  /** Where the pages of a range are. */
  use(address: number, end: number): PageUse {
    const { pageSize } = this.vm.options;
    const { mappings } = this.vm.pager;
    let resident = 0;
    let swapped = 0;
    for (const [vpn, id] of this.space.pages.entries(Math.floor(address / pageSize))) {
      if (vpn * pageSize >= end) break;
      if (mappings.frame[id] >= 0) resident++;
      else if (mappings.slot[id] >= 0) swapped++;
    }
    return { resident, swapped };
  }

  /** Gives back the pages that lie wholly in the range, as `madvise(MADV_DONTNEED)` does; returns how many had bytes. */
  release(address: number, end: number): number {
    const { pageSize } = this.vm.options;
    const from = Math.ceil(address / pageSize);
    const pages: number[] = [];
    for (const [vpn] of this.space.pages.entries(from)) {
      if ((vpn + 1) * pageSize > end) break;
      pages.push(vpn);
    }
    for (const vpn of pages) {
      this.vm.unmap(vpn);
      this.vm.tlb?.flushPages(this.space.id, vpn, vpn + 1);
    }
    return pages.length;
  }

  /** Touches every page of a range before a byte of it is read or written; false where that failed. */
  private touchAll(address: number, length: number, kind: AccessKind): boolean {
    const offset = address % this.pageSize;
    if (offset + length > this.pageSize && this.isRefused(address, length, kind)) return false;
    for (const [at, part] of this.parts(address, length)) if (this.touch(at, part, kind) < 0) return false;
    return true;
  }

  /** Touches a range as stores do, and returns its parts with their places in physical memory; none where that failed. */
  private written(address: number, length: number): readonly (readonly [at: number, part: number, place: number])[] {
    if ((address % this.pageSize) + length <= this.pageSize) {
      const place = length === 0 ? -1 : this.touch(address, length, "write");
      return place < 0 ? [] : [[address, length, place]];
    }
    if (!this.touchAll(address, length, "write")) return [];
    return [...this.parts(address, length)].map(([at, part]) => [at, part, this.locate(at)]);
  }

  /** Whether an access is refused as a whole; then it is a failure. */
  private isRefused(address: number, length: number, kind: AccessKind): boolean {
    const refusal = this.refuse(address, length, kind);
    if (refusal !== null) this.noteFailure(refusal.address, kind, refusal.fault);
    return refusal !== null;
  }

  private noteFailure(address: number, kind: AccessKind, fault: Fault): void {
    if (this.failed.length < mostFailures) this.failed.push({ address, kind, fault });
  }

  private growTo(end: number): void {
    const area = this.space.areaNamed(this.region);
    if (area !== undefined && end > area.to) this.vm.growRegion(this.region, end - area.to);
  }

  /** The byte's place in physical memory after a reference to it; -1 when that failed. */
  private touch(address: number, length: number, kind: AccessKind): number {
    const { vm } = this;
    this.growTo(Math.floor(address / this.pageSize) + 1);
    const outcome = vm.access(address, kind);
    if (outcome.reason === "none") {
      this.onTouch(outcome, length, kind);
      return outcome.physical;
    }
    this.noteFailure(address, kind, outcome);
    return -1;
  }

  private locate(address: number): number {
    return this.vm.locate(address, this.space);
  }

  /** A range cut at the borders of pages. */
  private *parts(address: number, length: number): IterableIterator<readonly [start: number, length: number]> {
    const { pageSize } = this.vm.options;
    for (let at = address; at < address + length;) {
      const part = Math.min(address + length - at, pageSize - (at % pageSize));
      yield [at, part];
      at += part;
    }
  }
}
