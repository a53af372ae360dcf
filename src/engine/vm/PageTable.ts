import { asFrameNumber, asPageNumber } from "../address";
import type { PageTableEntry } from "./contract";
import { FrameBitmap } from "./FrameBitmap";

/** The entries of a page table, packed for a checkpoint: costs the mapped pages, not the frames. */
export interface PackedEntries {
  readonly vpns: Float64Array;
  readonly pfns: Float64Array;
  readonly flags: Uint8Array;
}

/**
 * A flat page table kept sparse. A page has one frame and a frame one page, so an entry lives at its frame's number in
 * two typed arrays; a hash map leads from the page to the frame.
 */
export class PageTable {
  private readonly frameOfPage = new Map<number, number>();
  /** By frame number: the page, -1 when the frame is free. Grows up to the highest frame ever mapped. */
  private pages = new Float64Array(0);
  private flagBits = new Uint8Array(0);
  private readonly usedFrames: FrameBitmap;
  /** Page numbers in ascending order, made when asked for after a change. */
  private sorted: number[] | null = null;

  constructor(private readonly frames: number) {
    this.usedFrames = new FrameBitmap(frames);
  }

  get size(): number {
    return this.frameOfPage.size;
  }

  /** The frame of a page, or -1. */
  frameOf(vpn: number): number {
    return this.frameOfPage.get(vpn) ?? -1;
  }

  /** The page of a frame, or -1. */
  pageOf(pfn: number): number {
    return this.pages[pfn] ?? -1;
  }

  flagsOfFrame(pfn: number): number {
    return this.flagBits[pfn];
  }

  setFlagsOfFrame(pfn: number, flags: number): void {
    this.flagBits[pfn] = flags;
  }

  /** The lowest free frame, or -1. */
  lowestFreeFrame(): number {
    return this.usedFrames.lowestFree();
  }

  add(vpn: number, pfn: number, flags: number): void {
    if (pfn >= this.pages.length) this.enlarge(pfn);
    this.frameOfPage.set(vpn, pfn);
    this.pages[pfn] = vpn;
    this.flagBits[pfn] = flags;
    this.usedFrames.add(pfn);
    this.sorted = null;
  }

  remove(vpn: number, pfn: number): void {
    this.frameOfPage.delete(vpn);
    this.pages[pfn] = -1;
    this.flagBits[pfn] = 0;
    this.usedFrames.delete(pfn);
    this.sorted = null;
  }

  entry(vpn: number): PageTableEntry | undefined {
    const pfn = this.frameOfPage.get(vpn);
    if (pfn === undefined) return undefined;
    return { vpn: asPageNumber(vpn), pfn: asFrameNumber(pfn), flags: this.flagBits[pfn] };
  }

  /** Page numbers in ascending order. */
  pageNumbers(): readonly number[] {
    this.sorted ??= [...this.frameOfPage.keys()].sort((a, b) => a - b);
    return this.sorted;
  }

  pack(): PackedEntries {
    const { size } = this;
    const packed = { vpns: new Float64Array(size), pfns: new Float64Array(size), flags: new Uint8Array(size) };
    let index = 0;
    for (const [vpn, pfn] of this.frameOfPage) {
      packed.vpns[index] = vpn;
      packed.pfns[index] = pfn;
      packed.flags[index] = this.flagBits[pfn]!;
      index++;
    }
    return packed;
  }

  unpack(packed: PackedEntries): void {
    this.frameOfPage.clear();
    this.pages.fill(-1);
    this.flagBits.fill(0);
    this.usedFrames.clear();
    this.sorted = null;
    packed.vpns.forEach((vpn, index) => this.add(vpn, packed.pfns[index], packed.flags[index]));
  }

  checkInvariants(): string[] {
    const violations: string[] = [];
    for (const [vpn, pfn] of this.frameOfPage) {
      if (this.pages[pfn] !== vpn) {
        violations.push(`Page ${vpn} is mapped to frame ${pfn}, which says page ${this.pages[pfn] ?? "none"}.`);
      }
      if (!this.usedFrames.has(pfn)) violations.push(`Frame ${pfn} holds page ${vpn} but is marked free.`);
    }
    let lowest = -1;
    for (let pfn = 0; pfn < this.pages.length; pfn++) {
      const vpn = this.pages[pfn];
      if (vpn === -1) {
        if (lowest === -1) lowest = pfn;
        if (this.usedFrames.has(pfn)) violations.push(`Frame ${pfn} is free but marked used.`);
      } else if (this.frameOfPage.get(vpn) !== pfn) {
        violations.push(`Frame ${pfn} says page ${vpn}, whose entry does not say this frame.`);
      }
    }
    if (lowest === -1 && this.pages.length < this.frames) lowest = this.pages.length;
    const found = this.usedFrames.lowestFree();
    if (found !== lowest) violations.push(`The lowest free frame is ${lowest}, but the search finds ${found}.`);
    return violations;
  }

  private enlarge(pfn: number): void {
    const length = Math.min(this.frames, Math.max(64, 2 ** Math.ceil(Math.log2(pfn + 1))));
    const pages = new Float64Array(length).fill(-1);
    pages.set(this.pages);
    this.pages = pages;
    const flagBits = new Uint8Array(length);
    flagBits.set(this.flagBits);
    this.flagBits = flagBits;
  }
}
