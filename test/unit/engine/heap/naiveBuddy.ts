import type { HeapOptions } from "../../../../src/engine/heap/options";
import type { NaiveBlock } from "./naiveHeap";
import { NaiveQuarantine } from "./naiveQuarantine";

interface Block extends NaiveBlock {
  /** When it became free. */
  stamp: number;
}

const power = (value: number): number => {
  let result = 1;
  while (result < value) result *= 2;
  return result;
};
const lead = (address: number, align: number): number => (align - (address % align)) % align;

/** The binary buddy system once more: an array of blocks, halved and merged by looking at all of them. */
export class NaiveBuddy {
  blocks: Block[] = [];
  end: number;
  searched = 0;
  totalSearched = 0;
  peak = 0;
  readonly quarantine = new NaiveQuarantine<NaiveBlock>(0);
  private clock = 0;
  private readonly alignments = new Map<Block, number>();
  private readonly first: number;
  private readonly smallest: number;

  constructor(private readonly o: HeapOptions) {
    const { base, size, header, footer, align, min } = o;
    const aligned = power(align) === align && (header + footer) % align === 0 && base % align === 0;
    this.first = base + (aligned ? lead(base + header, align) : 0);
    this.smallest = power(Math.max(min, header + footer + 1, aligned ? align : 1));
    this.end = base + size;
    this.gain(this.first);
  }

  get list(): Block[] {
    const latest = this.o.order === "lifo";
    return this.blocks
      .filter((block) => !block.used)
      .sort((a, b) => a.size - b.size || (latest ? b.stamp - a.stamp : a.address - b.address));
  }

  get current(): number {
    return this.blocks.reduce((sum, block) => sum + block.requested, 0);
  }

  allocate(requested: number, align = 1): number {
    const block = this.take(requested, align);
    this.peak = Math.max(this.peak, this.current);
    return block ? block.payload : -1;
  }

  free(payload: number): boolean {
    const block = this.live(payload);
    if (!block) return false;
    Object.assign(block, { used: false, payload: 0, requested: 0, stamp: ++this.clock });
    if (this.o.coalesce === "immediate") this.merge();
    return true;
  }

  reset(): number {
    const used = this.blocks.filter((block) => block.used).length;
    this.blocks = [];
    this.gain(this.first);
    return used;
  }

  reallocate(payload: number, requested: number): number {
    const block = this.live(payload);
    if (!block) return -1;
    const need = payload - this.o.header - block.address + this.need(requested);
    const wanted = Math.max(this.smallest, power(need));
    // Everything from the block's start to the wanted end, if it is one aligned run of buddies of doubling size.
    const partners: Block[] = [];
    for (let size = block.size; size < wanted; size *= 2) {
      const partner = this.blocks.find((other) => other.address === block.address + size && other.size === size);
      const isLower = (block.address - this.first) % (2 * size) === 0;
      if (partner && !partner.used && isLower) partners.push(partner);
    }
    const reached = partners.reduce((sum, partner) => sum + partner.size, block.size);
    if (reached < wanted && this.growAround(block, wanted)) return this.reallocate(payload, requested);
    if (reached < wanted) {
      const target = this.take(requested, 1);
      if (!target) return -1;
      this.free(payload);
      this.peak = Math.max(this.peak, this.current);
      return target.payload;
    }
    this.blocks = this.blocks.filter((other) => !partners.includes(other));
    block.requested = requested;
    const kept = Math.max(wanted, Math.min(block.size, power(this.alignments.get(block) ?? 1)));
    if (wanted > block.size) block.size = wanted;
    else this.halve(block, kept);
    this.peak = Math.max(this.peak, this.current);
    return payload;
  }

  coalesce(): number {
    const before = this.blocks.length;
    this.merge();
    return before - this.blocks.length;
  }

  /** Extends the heap by as little as makes the block the lowest part of a whole one of the size, all else of it free. */
  private growAround(block: Block, wanted: number): boolean {
    const { grow, max, base, coalesce } = this.o;
    const behind = this.blocks.filter((other) => other.address > block.address);
    if (grow === 0 || (block.address - this.first) % wanted !== 0) return false;
    if (behind.some((other) => other.used) || (behind.length > 0 && coalesce !== "immediate")) return false;
    const [before, top] = [this.end, this.top()];
    while (this.top() < block.address + wanted && this.end < base + max)
      this.end = Math.min(this.end + grow, base + max);
    if (this.top() < block.address + wanted) {
      this.end = before;
      return false;
    }
    this.gain(top);
    return true;
  }

  private need(requested: number): number {
    const { align, header, footer, min, base } = this.o;
    const size = Math.max(min, Math.ceil(requested / align) * align + header + footer);
    const aligned = (header + footer) % align === 0 && base % align === 0;
    return aligned ? Math.ceil(size / align) * align : size;
  }

  private live(payload: number): Block | undefined {
    return this.blocks.find((block) => block.used && block.payload === payload);
  }

  private take(requested: number, align: number): Block | undefined {
    const padding = lead(this.first + this.o.header, align);
    const wanted = Math.max(this.smallest, power(Math.max(align, this.need(requested) + padding)));
    let found = this.search(wanted);
    if (!found && this.o.coalesce === "deferred" && this.coalesce() > 0) {
      const failed = this.searched;
      found = this.search(wanted);
      this.searched += failed;
    }
    if (!found && this.extend(wanted)) found = this.search(wanted);
    if (!found) return undefined;
    this.halve(found, wanted);
    const payload = found.address + padding + this.o.header;
    this.alignments.set(found, align);
    return Object.assign(found, { used: true, requested, payload });
  }

  private search(wanted: number): Block | undefined {
    const found = this.list.find((block) => block.size >= wanted);
    this.searched = found ? 1 : 0;
    this.totalSearched += this.searched;
    return found;
  }

  private halve(block: Block, wanted: number): void {
    while (block.size > wanted) {
      block.size /= 2;
      const upper = this.fresh(block.address + block.size, block.size);
      this.blocks.splice(this.blocks.indexOf(block) + 1, 0, upper);
    }
  }

  /** Whatever free buddies there are become one, until there are none. */
  private merge(): void {
    const merged = new Set<Block>();
    for (let k = 0; k + 1 < this.blocks.length;) {
      const [low, high] = [this.blocks[k], this.blocks[k + 1]];
      if (low.used || high.used || low.size !== high.size || (low.address - this.first) % (2 * low.size) !== 0) {
        k++;
        continue;
      }
      low.size *= 2;
      this.blocks.splice(k + 1, 1);
      merged.add(low);
      k = 0;
    }
    for (const block of this.blocks) if (merged.has(block)) block.stamp = ++this.clock;
  }

  private extend(wanted: number): boolean {
    const { grow, max, base } = this.o;
    if (grow === 0) return false;
    const before = this.end;
    const top = this.top();
    const sizes = [before];
    while (sizes[sizes.length - 1] < base + max) sizes.push(Math.min(sizes[sizes.length - 1] + grow, base + max));
    // The first of the possible ends at which one more block of the size would be whole and free.
    const enough = sizes.slice(1).find((end) => {
      const trial = new Array<boolean>();
      for (let start = this.first; start + wanted <= end; start += wanted) {
        const isBeyond = start + wanted > top;
        const covered = this.blocks.filter((b) => b.address < start + wanted && b.address + b.size > start);
        const isFree = covered.every((b) => !b.used) && (covered.length === 0 || this.o.coalesce === "immediate");
        trial.push(isBeyond && isFree);
      }
      return trial.includes(true);
    });
    if (enough === undefined) return false;
    this.end = enough;
    this.gain(top);
    return true;
  }

  private gain(from: number): void {
    for (let at = from; at < this.top();) {
      let size = this.smallest;
      while ((at - this.first) % (2 * size) === 0 && at + 2 * size <= this.top()) size *= 2;
      this.blocks.push(this.fresh(at, size));
      if (this.o.coalesce === "immediate") this.merge();
      at += size;
    }
  }

  private top(): number {
    return this.first + Math.floor(Math.max(0, this.end - this.first) / this.smallest) * this.smallest;
  }

  private fresh(address: number, size: number): Block {
    return { address, size, payload: 0, requested: 0, used: false, stamp: ++this.clock };
  }
}
