import type { HeapOptions } from "../../../../src/engine/heap/options";
import { slideDown, type NaiveMove } from "./naiveDefrag";
import type { NaiveBlock } from "./naiveHeap";
import { NaiveQuarantine } from "./naiveQuarantine";

const lead = (address: number, align: number): number => (align - (address % align)) % align;

interface Block extends NaiveBlock {
  /** When it became free. */
  stamp: number;
}

/** The least capacity of each class: multiples of 8 below `limit`, then `steps` to each doubling. */
function boundaries(limit: number, steps: number): number[] {
  const least = Array.from({ length: limit / 8 }, (_, k) => k * 8);
  for (let power = limit; power < 2 ** 24; power *= 2) {
    for (let k = 0; k < steps; k++) least.push(power + (power / steps) * k);
  }
  return least;
}

/** TLSF and segregated fits once more: an array of blocks, and a list of class boundaries to look in. */
export class NaiveBins {
  blocks: Block[] = [];
  end: number;
  searched = 0;
  totalSearched = 0;
  peak = 0;
  readonly quarantine: NaiveQuarantine<Block>;
  private clock = 0;
  private readonly least: number[];
  private readonly first: number;
  private readonly aligned: boolean;
  private readonly min: number;

  constructor(private readonly o: HeapOptions) {
    this.quarantine = new NaiveQuarantine(o.quarantine);
    this.least = o.policy === "tlsf" ? boundaries(256, 32) : boundaries(512, 4);
    this.aligned = (o.header + o.footer) % o.align === 0 && o.base % o.align === 0;
    this.min = Math.max(1, o.min);
    this.first = o.base + (this.aligned ? lead(o.base + o.header, o.align) : 0);
    this.end = o.base + o.size;
    this.clear();
  }

  get list(): Block[] {
    const free = this.blocks.filter((block) => !block.used);
    return free.sort((a, b) => this.classOf(a.size) - this.classOf(b.size) || b.stamp - a.stamp);
  }

  get current(): number {
    return this.blocks.reduce((sum, block) => sum + (block.freed === true ? 0 : block.requested), 0);
  }

  allocate(requested: number, align = 1): number {
    const block = this.take(requested, align);
    this.peak = Math.max(this.peak, this.current);
    return block ? block.payload : -1;
  }

  reset(): number {
    const used = this.blocks.filter((block) => block.used && block.freed !== true).length;
    this.clear();
    return used;
  }

  free(payload: number): boolean {
    const block = this.live(payload);
    if (!block) return false;
    block.freed = true;
    for (const leaving of this.quarantine.push(block)) {
      Object.assign(leaving, { used: false, freed: false, payload: 0, requested: 0 });
      this.enter(leaving);
    }
    return true;
  }

  reallocate(payload: number, requested: number): number {
    const block = this.live(payload);
    if (!block) return -1;
    const need = payload - this.o.header - block.address + this.need(requested);
    const at = this.blocks.indexOf(block);
    const next = this.blocks.at(at + 1);
    const room = block.size + (next && !next.used && need > block.size ? next.size : 0);
    const isLast = !next || (this.o.coalesce === "immediate" && !next.used && at + 2 === this.blocks.length);
    if (need > room && isLast && this.growTo(block.address + need)) return this.reallocate(payload, requested);
    if (need > room) {
      const target = this.take(requested, 1);
      if (!target) return -1;
      this.free(payload);
      this.peak = Math.max(this.peak, this.current);
      return target.payload;
    }
    const shrinks = need <= block.size;
    if (!shrinks) this.blocks.splice(at + 1, 1);
    const rest = room - need < this.min ? 0 : room - need;
    Object.assign(block, { size: room - rest, requested });
    if (rest > 0) {
      const remainder = this.fresh(block.address + block.size, rest);
      this.blocks.splice(at + 1, 0, remainder);
      if (shrinks) this.enter(remainder);
    }
    this.peak = Math.max(this.peak, this.current);
    return payload;
  }

  coalesce(): number {
    let merges = 0;
    for (let k = 0; k + 1 < this.blocks.length;) {
      const [block, next] = [this.blocks[k], this.blocks[k + 1]];
      if (!block.used && !next.used) {
        block.size += next.size;
        block.stamp = ++this.clock;
        this.blocks.splice(k + 1, 1);
        merges++;
      } else k++;
    }
    return merges;
  }

  /** Compaction; what waits in quarantine is let go first. */
  defragment(): NaiveMove[] {
    const used = this.blocks.filter((block) => block.used && block.freed !== true);
    const { moves, end } = slideDown(used, this.first, this.o);
    this.quarantine.waiting.length = 0;
    this.blocks = end < this.top() ? [...used, this.fresh(end, this.top() - end)] : used;
    return moves;
  }

  private fresh(address: number, size: number): Block {
    return { address, size, payload: 0, requested: 0, used: false, stamp: ++this.clock };
  }

  private enter(block: Block): void {
    block.stamp = ++this.clock;
    if (this.o.coalesce !== "immediate") return;
    const at = this.blocks.indexOf(block);
    const next = this.blocks.at(at + 1);
    const previous = at > 0 ? this.blocks[at - 1] : undefined;
    if (next && !next.used) {
      block.size += next.size;
      this.blocks.splice(at + 1, 1);
    }
    if (previous && !previous.used) {
      previous.size += block.size;
      previous.stamp = ++this.clock;
      this.blocks.splice(at, 1);
    }
  }

  private clear(): void {
    this.quarantine.waiting.length = 0;
    this.blocks = this.top() > this.first ? [this.fresh(this.first, this.top() - this.first)] : [];
  }

  private classOf(size: number): number {
    const capacity = Math.max(0, size - this.o.header - this.o.footer);
    return this.least.filter((least) => least <= capacity).length - 1;
  }

  private wanted(need: number, align: number): number {
    if (align === 1 || (this.aligned && this.o.align % align === 0)) return need;
    if (this.o.policy !== "tlsf") return need + align;
    // tlsf_memalign: room for the payload, the alignment and a block in front, rounded up to the alignment.
    const overhead = this.o.header + this.o.footer;
    return overhead + Math.ceil((need - overhead + align + this.min) / align) * align;
  }

  private search(need: number, align: number): Block | undefined {
    const wanted = this.wanted(need, align);
    const { list } = this;
    this.searched = 0;
    let found: Block | undefined;
    if (this.o.policy === "segregated") {
      for (const block of list.filter((one) => this.classOf(one.size) === this.classOf(wanted)).slice(0, 8)) {
        this.searched++;
        if (block.size >= wanted) {
          found = block;
          break;
        }
      }
    }
    if (!found) {
      const overhead = this.o.header + this.o.footer;
      const enough = this.least.findIndex((least) => least >= wanted - overhead);
      found = list.find((block) => this.classOf(block.size) >= enough);
      if (found) this.searched++;
    }
    this.totalSearched += this.searched;
    return found;
  }

  private take(requested: number, align: number): Block | undefined {
    const need = this.rounded(this.need(requested));
    let found = this.search(need, align);
    if (!found && this.o.coalesce === "deferred" && this.coalesce() > 0) {
      const failed = this.searched;
      found = this.search(need, align);
      this.searched += failed;
    }
    if (!found && this.extend(need, align)) found = this.search(need, align);
    if (!found) return undefined;
    let leading = lead(found.address + this.o.header, align);
    if (this.o.policy === "tlsf") while (leading > 0 && leading < this.min) leading += align;
    const gap = leading >= this.min ? leading : 0;
    let size = leading - gap + need;
    const rest = found.size - gap - size;
    if (rest < this.min) size += rest;
    const address = found.address + gap;
    const payload = found.address + leading + this.o.header;
    const parts: Block[] = [{ address, size, payload, requested, used: true, stamp: 0, align }];
    if (gap > 0) parts.unshift(this.fresh(found.address, gap));
    if (rest >= this.min) parts.push(this.fresh(address + size, rest));
    this.blocks.splice(this.blocks.indexOf(found), 1, ...parts);
    return parts.find((block) => block.used);
  }

  private extend(need: number, align: number): boolean {
    const { grow, max, base, header, footer, coalesce } = this.o;
    if (grow === 0) return false;
    const top = this.top();
    const wanted = this.wanted(need, align);
    const least = this.least.find((value) => value >= wanted - header - footer) ?? Infinity;
    const enough = Math.max(wanted, least + header + footer);
    const tail = this.blocks.at(-1);
    const start = coalesce === "immediate" && tail && !tail.used ? tail.address : top;
    const end = Math.min(this.end + Math.ceil((top + enough - this.end) / grow) * grow, base + max);
    return this.gain(end, start + enough);
  }

  private growTo(wanted: number): boolean {
    const { grow, max, base } = this.o;
    if (grow === 0) return false;
    let { end } = this;
    while (end < wanted) end += grow;
    return this.gain(Math.min(end, base + max), wanted);
  }

  /** Moves the heap's end if its blocks then reach as far as they must. */
  private gain(end: number, wanted: number): boolean {
    const top = this.top();
    const before = this.end;
    this.end = end;
    if (this.top() <= top || this.top() < wanted) {
      this.end = before;
      return false;
    }
    const block = this.fresh(top, this.top() - top);
    this.blocks.push(block);
    this.enter(block);
    return true;
  }

  private top(): number {
    const rest = this.aligned && this.o.grow > 0 ? (this.end - this.first) % this.o.align : 0;
    return Math.max(this.first, this.end - rest);
  }

  private need(requested: number): number {
    const { align, header, footer } = this.o;
    const size = Math.max(this.min, Math.ceil(requested / align) * align + header + footer);
    return this.aligned ? Math.ceil(size / align) * align : size;
  }

  /** The least capacity of the class that serves for certain. */
  private rounded(need: number): number {
    if (this.o.policy !== "tlsf" || this.o.rounding !== "class") return need;
    const overhead = this.o.header + this.o.footer;
    const size = overhead + (this.least.find((least) => least >= need - overhead) ?? 0);
    return this.aligned ? Math.ceil(size / this.o.align) * this.o.align : size;
  }

  private live(payload: number): Block | undefined {
    return this.blocks.find((block) => block.used && block.freed !== true && block.payload === payload);
  }
}
