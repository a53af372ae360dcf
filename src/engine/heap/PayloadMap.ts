import { AddressMap } from "./AddressMap";
import type { HeapGeometry } from "./geometry";

/** From payload addresses to block ids. A saved map shares memory with the one that saved it and never changes. */
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
/** Units that the directory reaches (1 GiB at 8 bytes); pages of what lies beyond are found by a hash of their number. */
const nearUnits = 2 ** 27;
const nothing = new Int32Array(pageUnits);

interface SavedPages {
  readonly pages: readonly Int32Array[];
  readonly far: ReadonlyMap<number, Int32Array>;
}

/**
 * A two-level table, as a processor's page table: the address's distance from the origin, in units of the granule,
 * selects a page and an entry in it. Pages exist where something was stored and are copied on the first write after
 * they were saved, so that a checkpoint costs what changed since the one before.
 */
export class DirectMap implements PayloadMap {
  private readonly unitsPerByte: number;
  /** Ids plus one; 0: nothing stored. */
  private pages: Int32Array[] = [];
  private far = new Map<number, Int32Array>();
  /** Pages that no saved map shares: those that carry the present number. */
  private owned = new Int32Array(64);
  private present = 1;
  private farOwned = new Set<number>();

  /** `granule`, a power of two, divides the distance from `origin` of every address stored. */
  constructor(
    private readonly origin: number,
    granule: number,
  ) {
    this.unitsPerByte = 1 / granule;
  }

  get(address: number, absent: number): number {
    const unit = (address - this.origin) * this.unitsPerByte;
    const index = unit | 0;
    const page = index >>> pageBits;
    if (index !== unit || page >= this.pages.length) return this.getFar(unit, absent);
    const entry = this.pages[page][index & (pageUnits - 1)];
    return entry === 0 ? absent : entry - 1;
  }

  set(address: number, id: number): void {
    this.store((address - this.origin) * this.unitsPerByte, id + 1);
  }

  delete(address: number): void {
    this.store((address - this.origin) * this.unitsPerByte, 0);
  }

  save(): SavedPages {
    this.disown();
    return { pages: this.pages.slice(), far: new Map(this.far) };
  }

  load(saved: unknown): void {
    const { pages, far } = saved as SavedPages;
    this.pages = pages.slice();
    this.far = new Map(far);
    if (this.owned.length < pages.length) this.owned = new Int32Array(pages.length);
    this.disown();
  }

  private store(unit: number, entry: number): void {
    const index = unit | 0;
    if (index !== unit || index >= nearUnits) {
      this.storeFar(unit, entry);
      return;
    }
    const page = index >>> pageBits;
    if (page >= this.pages.length || this.owned[page] !== this.present) this.own(page);
    this.pages[page][index & (pageUnits - 1)] = entry;
  }

  /** Makes the page one that may be written. */
  private own(page: number): void {
    const { pages } = this;
    while (pages.length <= page) pages.push(nothing);
    if (this.owned.length <= page) {
      const larger = new Int32Array(Math.max(page + 1, this.owned.length * 2));
      larger.set(this.owned);
      this.owned = larger;
    }
    pages[page] = pages[page].slice();
    this.owned[page] = this.present;
  }

  private disown(): void {
    this.present++;
    this.farOwned.clear();
  }

  private getFar(unit: number, absent: number): number {
    if (!Number.isInteger(unit) || unit < nearUnits) return absent;
    const page = Math.floor(unit / pageUnits);
    const entry = this.far.get(page)?.[unit - page * pageUnits] ?? 0;
    return entry === 0 ? absent : entry - 1;
  }

  private storeFar(unit: number, entry: number): void {
    const page = Math.floor(unit / pageUnits);
    if (!this.farOwned.has(page)) {
      this.far.set(page, (this.far.get(page) ?? nothing).slice());
      this.farOwned.add(page);
    }
    this.far.get(page)![unit - page * pageUnits] = entry;
  }
}
