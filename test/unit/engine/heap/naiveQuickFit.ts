import { NaiveHeap, type NaiveBlock } from "./naiveHeap";

/**
 * Quick fit once more: the list of {@link NaiveHeap}, searched first fit, and in front of it an array of freed blocks
 * that stand apart, the latest first.
 */
export class NaiveQuickFit extends NaiveHeap {
  override get list(): readonly NaiveBlock[] {
    return [...this.bySize(), ...this.main];
  }

  override coalesce(): number {
    const before = this.blocks.length;
    this.flush();
    super.coalesce();
    return before - this.blocks.length;
  }

  protected override relieve(): boolean {
    const flushed = this.flush();
    return (this.o.coalesce === "deferred" && super.coalesce() > 0) || flushed;
  }

  protected override place(block: NaiveBlock): void {
    if (block.size >= this.overhead && block.size <= 256 + this.overhead) this.apart.unshift(block);
    else super.place(block);
  }

  protected override search(need: number, align: number): NaiveBlock | undefined {
    const { header, footer, base } = this.o;
    const isHeapAligned = (header + footer) % this.o.align === 0 && base % this.o.align === 0;
    const isPlain = align === 1 || (isHeapAligned && this.o.align % align === 0);
    const found = isPlain ? this.apart.find((block) => block.size === need) : undefined;
    if (!found || need > 256 + this.overhead) return super.search(need, align);
    this.searched = 1;
    this.totalSearched++;
    return found;
  }

  protected override cut(found: NaiveBlock, need: number, align: number): NaiveBlock {
    if (!this.apart.includes(found)) return super.cut(found, need, align);
    this.apart.splice(this.apart.indexOf(found), 1);
    found.used = true;
    found.payload = found.address + this.o.header;
    return found;
  }

  private get overhead(): number {
    return this.o.header + this.o.footer;
  }

  private bySize(): NaiveBlock[] {
    return [...this.apart].sort((a, b) => a.size - b.size);
  }

  private flush(): boolean {
    const waiting = this.bySize();
    this.apart = [];
    // Those still to be entered are not free for merging yet: they stand aside as if in use.
    for (const block of waiting) block.used = true;
    for (const block of waiting) {
      block.used = false;
      super.place(block);
    }
    return waiting.length > 0;
  }
}
