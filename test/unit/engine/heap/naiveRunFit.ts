import { NaiveHeap, type NaiveBlock } from "./naiveHeap";

const lead = (address: number, align: number): number => (align - (address % align)) % align;

/** Run fit once more: the array of {@link NaiveHeap}, whose last block is looked at only when no other serves. */
export class NaiveRunFit extends NaiveHeap {
  protected override search(need: number, align: number): NaiveBlock | undefined {
    const fits = (block: NaiveBlock): boolean => block.size >= need + lead(block.address + this.o.header, align);
    const wild = this.main.filter((block) => this.isWild(block));
    const holes = this.main.filter((block) => !this.isWild(block));
    const best = holes
      .filter(fits)
      .sort((a, b) => a.size - b.size || a.address - b.address)
      .at(0);
    this.searched = best ? holes.length : this.main.length;
    this.totalSearched += this.searched;
    return best ?? wild.find(fits);
  }

  protected override cut(found: NaiveBlock, need: number, align: number): NaiveBlock {
    if (!this.isSmall(need, align)) return super.cut(found, need, align);
    // Where the run ends that the block is the high end of.
    let end = found.address + found.size;
    if (this.isWild(found) && found.size - this.run(need) >= this.min) end = found.address + this.run(need);
    let address = end - need;
    while (this.aligned && (address - found.address) % this.o.align !== 0) address--;
    if (address - found.address < this.min) ({ address } = found);
    const payload = address + this.o.header;
    const parts = [
      { ...found, size: address - found.address },
      { address, size: end - address, payload, requested: 0, used: true },
      { ...found, address: end, size: found.address + found.size - end },
    ].filter((part) => part.size > 0);
    this.blocks.splice(this.blocks.indexOf(found), 1, ...parts);
    this.main = this.blocks.filter((block) => !block.used);
    return parts.filter((part) => part.used)[0];
  }

  protected override growthNeed(start: number, need: number, align: number): number {
    const tail = this.blocks.at(-1);
    const held = tail && !tail.used ? tail.size : 0;
    const begins = start - held;
    const whole = this.isSmall(need, align) ? this.run(need) : lead(begins + this.o.header, align) + need;
    return whole - held;
  }

  private isWild(block: NaiveBlock): boolean {
    return block === this.blocks.at(-1);
  }

  private isSmall(need: number, align: number): boolean {
    const { header, footer } = this.o;
    const isPlain = align === 1 || (this.aligned && this.o.align % align === 0);
    return isPlain && need - header - footer < 256;
  }

  private run(need: number): number {
    const { align } = this.o;
    return Math.max(this.aligned ? Math.ceil(8192 / align) * align : 8192, need);
  }
}
