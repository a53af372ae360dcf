import type { SlabOptions } from "../../../../src/engine/slab/contract";

interface Slab {
  place: number;
  colour: number;
  /** Numbers of the free objects, the next one to be handed out first. */
  free: number[];
  /** Number of an object to its owner. */
  used: Map<number, number>;
}

/** How many objects a slab holds and where, found by trying counts upwards. */
export function naiveShape(options: SlabOptions): {
  perSlab: number;
  first: number;
  stride: number;
  colours: number[];
} {
  const up = (value: number): number => Math.ceil(value / options.align) * options.align;
  const room = options.pages * 4096;
  const stride = up(options.blockSize);
  const firstFor = (count: number): number => (options.bookkeeping === "off-slab" ? 0 : up(8 + 4 * count));
  let perSlab = 0;
  while (firstFor(perSlab + 1) + (perSlab + 1) * stride <= room) perSlab++;
  const first = firstFor(perSlab);
  const colours = [0];
  const step = up(options.colour);
  while (step > 0 && first + colours.length * step + perSlab * stride <= room) colours.push(colours.length * step);
  return { perSlab, first, stride, colours };
}

/** The slab cache restated with plain lists, each kept in order, the front first. */
export class NaiveSlabCache {
  partial: Slab[] = [];
  full: Slab[] = [];
  empty: Slab[] = [];
  returned: number[] = [];
  places = 0;
  created = 0;
  readonly shape: ReturnType<typeof naiveShape>;

  constructor(readonly options: SlabOptions) {
    this.shape = naiveShape(options);
  }

  addressOf(slab: Slab, object: number): number {
    const { first, stride } = this.shape;
    return this.options.base + slab.place * this.options.pages * 4096 + first + slab.colour + object * stride;
  }

  allocate(owner: number): number {
    const slab = this.partial.shift() ?? this.empty.shift() ?? this.make();
    if (slab === null) return -1;
    const object = slab.free.shift()!;
    slab.used.set(object, owner);
    (slab.free.length === 0 ? this.full : this.partial).unshift(slab);
    return this.addressOf(slab, object);
  }

  free(address: number): boolean {
    for (const slab of this.slabs()) {
      for (const object of slab.used.keys()) {
        if (this.addressOf(slab, object) !== address) continue;
        const wasFull = slab.free.length === 0;
        slab.used.delete(object);
        slab.free.unshift(object);
        if (slab.used.size === 0) {
          this.unlist(slab);
          this.empty.unshift(slab);
          if (this.empty.length > this.options.keep) this.giveBack(slab);
        } else if (wasFull) {
          this.unlist(slab);
          this.partial.unshift(slab);
        }
        return true;
      }
    }
    return false;
  }

  reset(): number {
    const slabs = this.slabs();
    const used = slabs.reduce((sum, slab) => sum + slab.used.size, 0);
    for (const slab of slabs) this.fill(slab);
    this.partial = [];
    this.full = [];
    this.empty = slabs;
    while (this.empty.length > this.options.keep) this.giveBack(this.empty.at(-1)!);
    return used;
  }

  shrink(): number {
    const count = this.empty.length;
    while (this.empty.length > 0) this.giveBack(this.empty[0]);
    return count;
  }

  /** In address order. */
  slabs(): Slab[] {
    return [...this.full, ...this.partial, ...this.empty].sort((a, b) => a.place - b.place);
  }

  freeOrder(): number[] {
    return [...this.partial, ...this.empty].flatMap((slab) =>
      slab.free.map((k) => slab.place * this.shape.perSlab + k),
    );
  }

  private make(): Slab | null {
    const place = this.returned.shift() ?? (this.places < this.options.max ? this.places++ : null);
    if (place === null) return null;
    const { colours } = this.shape;
    const slab: Slab = { place, colour: colours[this.created++ % colours.length], free: [], used: new Map() };
    this.fill(slab);
    return slab;
  }

  private fill(slab: Slab): void {
    slab.used.clear();
    slab.free = Array.from({ length: this.shape.perSlab }, (_, index) => index);
  }

  private giveBack(slab: Slab): void {
    this.unlist(slab);
    this.returned.unshift(slab.place);
  }

  private unlist(slab: Slab): void {
    for (const list of [this.partial, this.full, this.empty]) {
      const at = list.indexOf(slab);
      if (at >= 0) list.splice(at, 1);
    }
  }
}
