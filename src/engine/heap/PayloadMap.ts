import { AddressMap } from "./AddressMap";
import type { HeapGeometry } from "./geometry";
import { grownInts } from "./growable";

/** From payload addresses to block ids. What was saved never changes. */
export interface PayloadMap {
  /** The id stored for the address, or `absent`. Any number may be asked for. */
  get(address: number, absent: number): number;
  /** The address must be one that the heap can hand out. */
  set(address: number, id: number): void;
  delete(address: number): void;
  save(): unknown;
  /** Takes what `save` of a map for the same geometry returned. */
  load(saved: unknown): void;
}

/** Payloads closer to each other than this would make pages of a direct map mostly empty space. */
const leastGranule = 8;

/** The map that suits a heap: direct where payloads are aligned, else hashed. */
export function createPayloadMap(geometry: HeapGeometry): PayloadMap {
  const granule = geometry.payloadGranule;
  return granule >= leastGranule ? new DirectMap(geometry.base, granule) : new AddressMap();
}

const pageBits = 8;
const pageUnits = 1 << pageBits;
/** Bytes that the directory reaches; pages of what lies beyond are found by a hash of their number. */
const nearBytes = 2 ** 30;

interface SavedFrames {
  readonly directory: Int32Array;
  readonly entries: Int32Array;
  readonly far: ReadonlyMap<number, Int32Array>;
}

/**
 * A two-level table, as a processor's page table: the address's distance from the origin, in units of the granule,
 * selects an entry of the directory, which says in which frame of one large array the page with the address lies. Frames
 * exist for pages where something was stored.
 */
export class DirectMap implements PayloadMap {
  private readonly granuleBits: number;
  private readonly granuleMask: number;
  /** Of the directory when it reaches as far as it may. */
  private readonly mostPages: number;
  /** By page: where its frame begins. Frame 0 stays empty, for all pages where nothing was stored. */
  private directory = new Int32Array(64);
  /** Ids plus one; 0: nothing stored. */
  private entries = new Int32Array(4 * pageUnits);
  private framesEnd = pageUnits;
  private far = new Map<number, Int32Array>();
  /** Far pages that no saved map shares. */
  private readonly farOwned = new Set<number>();

  /** `granule`, a power of two, divides the distance from `origin` of every address stored. */
  constructor(
    private readonly origin: number,
    private readonly granule: number,
  ) {
    this.granuleBits = Math.log2(granule);
    this.granuleMask = granule - 1;
    this.mostPages = nearBytes / granule / pageUnits;
  }

  get(address: number, absent: number): number {
    const distance = address - this.origin;
    const index = distance >>> this.granuleBits;
    const page = index >>> pageBits;
    if ((distance | 0) !== distance || page >= this.directory.length)
      return this.getFar(distance / this.granule, absent);
    if ((distance & this.granuleMask) !== 0) return absent;
    const entry = this.entries[this.directory[page] + (index & (pageUnits - 1))];
    return entry === 0 ? absent : entry - 1;
  }

  set(address: number, id: number): void {
    this.store(address - this.origin, id + 1);
  }

  delete(address: number): void {
    this.store(address - this.origin, 0);
  }

  save(): SavedFrames {
    this.farOwned.clear();
    return {
      directory: this.directory.slice(),
      entries: this.entries.slice(0, this.framesEnd),
      far: new Map(this.far),
    };
  }

  load(state: unknown): void {
    const { directory, entries, far } = state as SavedFrames;
    this.directory = directory.slice();
    if (this.entries.length < entries.length) this.entries = new Int32Array(2 ** Math.ceil(Math.log2(entries.length)));
    this.entries.set(entries);
    this.entries.fill(0, entries.length, Math.max(entries.length, this.framesEnd));
    this.framesEnd = entries.length;
    this.far = new Map(far);
    this.farOwned.clear();
  }

  private store(distance: number, entry: number): void {
    if ((distance | 0) !== distance || distance >= nearBytes) {
      this.storeFar(distance / this.granule, entry);
      return;
    }
    const index = distance >>> this.granuleBits;
    const page = index >>> pageBits;
    const frame =
      page < this.directory.length && this.directory[page] !== 0 ? this.directory[page] : this.frameOf(page);
    this.entries[frame + (index & (pageUnits - 1))] = entry;
  }

  /** Where the page's frame begins; the page gets one if it has none. */
  private frameOf(page: number): number {
    if (page >= this.directory.length) {
      const capacity = Math.min(this.mostPages, Math.max(page + 1, this.directory.length * 2));
      this.directory = grownInts(this.directory, capacity);
    }
    if (this.directory[page] === 0) {
      if (this.framesEnd === this.entries.length) this.entries = grownInts(this.entries, this.framesEnd * 2);
      this.directory[page] = this.framesEnd;
      this.framesEnd += pageUnits;
    }
    return this.directory[page];
  }

  private getFar(unit: number, absent: number): number {
    if (!Number.isInteger(unit) || unit * this.granule < nearBytes) return absent;
    const page = Math.floor(unit / pageUnits);
    const entry = this.far.get(page)?.[unit - page * pageUnits] ?? 0;
    return entry === 0 ? absent : entry - 1;
  }

  private storeFar(unit: number, entry: number): void {
    const page = Math.floor(unit / pageUnits);
    if (!this.farOwned.has(page)) {
      this.far.set(page, this.far.get(page)?.slice() ?? new Int32Array(pageUnits));
      this.farOwned.add(page);
    }
    this.far.get(page)![unit - page * pageUnits] = entry;
  }
}
