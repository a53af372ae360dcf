import type { PoolOptions } from "../../../../src/engine/pool/contract";

/** Damage of one red zone: owner's block number, side, first damaged byte's address and the stretch's length. */
export type NaiveDamage = readonly [index: number, zone: "before" | "after", address: number, length: number];

/** The pool's semantics once more: addresses found by counting upwards, a plain list, and a map of written bytes. */
export class NaivePool {
  base: number;
  free: number[] = [];
  readonly used = new Map<number, number>();
  /** Bytes of red zones that were written over, with what they hold. */
  private readonly scribbles = new Map<number, number>();
  private readonly starts: number[] = [];

  constructor(private readonly o: PoolOptions) {
    this.base = o.base;
    this.starts = [this.nextAligned(0)];
    this.add(o.count);
  }

  get count(): number {
    return this.free.length + this.used.size;
  }

  /** Of a block, without asking whether there is one. */
  addressOf(index: number): number {
    while (this.starts.length <= index) {
      this.starts.push(this.nextAligned(this.starts[this.starts.length - 1] + this.o.blockSize + this.o.redzone));
    }
    return this.base + this.starts[index];
  }

  allocate(owner: number): number {
    if (this.free.length === 0) this.add(Math.min(this.o.grow, this.o.max - this.count));
    const index = this.free.shift();
    if (index === undefined) return -1;
    this.used.set(index, owner);
    for (const zone of this.zonesOf(index)) {
      for (let address = zone.from; address < zone.to; address++) this.scribbles.delete(address);
    }
    return this.addressOf(index);
  }

  release(address: number): boolean {
    const index = [...this.used.keys()].find((each) => this.addressOf(each) === address);
    if (index === undefined) return false;
    this.used.delete(index);
    if (this.o.order === "lifo") this.free.unshift(index);
    else this.free.push(index);
    return true;
  }

  reset(): number {
    const { count } = this;
    const used = this.used.size;
    this.used.clear();
    this.free = Array.from({ length: count }, (_, index) => index);
    return used;
  }

  /** Addresses of all bytes of the red zones around used blocks. */
  zoneBytes(): number[] {
    return [...this.used.keys()].flatMap((index) =>
      this.zonesOf(index).flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
    );
  }

  scribble(address: number, byte: number): void {
    this.scribbles.set(address, byte);
  }

  damage(): NaiveDamage[] {
    const indices = [...this.used.keys()].sort((a, b) => a - b);
    return indices.flatMap((index) =>
      this.zonesOf(index).flatMap(({ side, from, to }): NaiveDamage[] => {
        const wrong = [...this.scribbles.keys()].filter(
          (address) => from <= address && address < to && this.scribbles.get(address) !== 0xfd,
        );
        if (wrong.length === 0) return [];
        const first = Math.min(...wrong);
        return [[index, side, first, Math.max(...wrong) - first + 1]];
      }),
    );
  }

  relocate(distance: number): void {
    this.base += distance;
    const moved = [...this.scribbles].map(([address, byte]) => [address + distance, byte] as const);
    this.scribbles.clear();
    for (const [address, byte] of moved) this.scribbles.set(address, byte);
  }

  private add(blocks: number): void {
    const { count } = this;
    for (let index = count; index < count + blocks; index++) this.free.push(index);
  }

  /** From the end of what belongs to the block before: where a stretch of its own begins, its red zone, the block. */
  private nextAligned(end: number): number {
    let start = end;
    while (start % this.o.align !== 0) start++;
    let block = start + this.o.redzone;
    while (block % this.o.align !== 0) block++;
    return block;
  }

  /** Up to the neighbours' zones, which begin at a multiple of the alignment. */
  private zonesOf(index: number): { side: "before" | "after"; from: number; to: number }[] {
    if (this.o.redzone === 0) return [];
    const start = (each: number): number => {
      let from = this.addressOf(each) - this.o.redzone;
      while ((from - this.base) % this.o.align !== 0) from--;
      return from;
    };
    const block = this.addressOf(index);
    return [
      { side: "before", from: start(index), to: block },
      { side: "after", from: block + this.o.blockSize, to: start(index + 1) },
    ];
  }
}
