import type { HeapOptions } from "../../../../src/engine/heap/options";
import { slideDown, type NaiveMove } from "./naiveDefrag";
import { NaiveQuarantine } from "./naiveQuarantine";

export interface NaiveBlock {
  address: number;
  size: number;
  payload: number;
  requested: number;
  /** Neither free nor, when it is freed, a block that may be handed out again. */
  used: boolean;
  /** Freed, but in quarantine. */
  freed?: boolean;
  /** What the request asked the payload's address to be a multiple of. */
  align?: number;
}

const lead = (address: number, align: number): number => (align - (address % align)) % align;

/** The heap's semantics once more, with two arrays and nothing but linear scans. */
export class NaiveHeap {
  blocks: NaiveBlock[] = [];
  main: NaiveBlock[] = [];
  /** Free blocks outside the list: they neither merge nor let a neighbour grow. */
  protected apart: NaiveBlock[] = [];
  private grown = false;
  end: number;
  searched = 0;
  totalSearched = 0;
  peak = 0;
  readonly quarantine: NaiveQuarantine<NaiveBlock>;
  protected rover: NaiveBlock | undefined;
  protected roverAddress: number;
  protected readonly first: number;
  protected readonly aligned: boolean;
  protected readonly min: number;

  constructor(protected readonly o: HeapOptions) {
    this.aligned = (o.header + o.footer) % o.align === 0 && o.base % o.align === 0;
    this.min = Math.max(1, o.min);
    this.quarantine = new NaiveQuarantine(o.quarantine);
    const first = o.base + (this.aligned ? lead(o.base + o.header, o.align) : 0);
    this.end = o.base + o.size;
    this.roverAddress = o.base;
    this.first = first;
    this.clear();
  }

  get list(): readonly NaiveBlock[] {
    return this.main;
  }

  get current(): number {
    return this.blocks.reduce((sum, block) => sum + (block.freed === true ? 0 : block.requested), 0);
  }

  allocate(requested: number, align = 1): number {
    const block = this.take(requested, align);
    this.peak = Math.max(this.peak, this.current);
    return block ? block.payload : -1;
  }

  free(payload: number): boolean {
    const block = this.live(payload);
    if (!block) return false;
    this.release(block);
    return true;
  }

  reallocate(payload: number, requested: number): number {
    const block = this.live(payload);
    if (!block) return -1;
    const need = payload - this.o.header - block.address + this.need(requested);
    const next = this.blocks.at(this.blocks.indexOf(block) + 1);
    if (this.o.realloc === "in-place" && need <= block.size) {
      const rest = block.size - need;
      block.requested = requested;
      if (rest >= this.min) {
        block.size = need;
        const remainder = { address: block.address + need, size: rest, payload: 0, requested: 0, used: false };
        this.blocks.splice(this.blocks.indexOf(block) + 1, 0, remainder);
        this.place(remainder);
      }
    } else if (
      this.o.realloc === "in-place" &&
      next &&
      !next.used &&
      !this.apart.includes(next) &&
      block.size + next.size >= need
    ) {
      const rest = block.size + next.size - need;
      block.requested = requested;
      if (rest >= this.min) {
        block.size = need;
        next.address = block.address + need;
        next.size = rest;
      } else {
        block.size += next.size;
        this.leave(next);
        this.blocks.splice(this.blocks.indexOf(next), 1);
      }
    } else if (this.o.realloc === "in-place" && this.reaches(block) && this.growTo(block.address + need)) {
      return this.reallocate(payload, requested);
    } else {
      const target = this.take(requested, 1);
      if (!target) return -1;
      this.release(block);
      this.peak = Math.max(this.peak, this.current);
      return target.payload;
    }
    this.peak = Math.max(this.peak, this.current);
    return payload;
  }

  reset(): number {
    const used = this.blocks.filter((block) => block.used && block.freed !== true).length;
    this.clear();
    return used;
  }

  coalesce(): number {
    let merges = 0;
    for (let k = 0; k + 1 < this.blocks.length;) {
      const [block, next] = [this.blocks[k], this.blocks[k + 1]];
      if (!block.used && !next.used) {
        this.swallow(block, next);
        merges++;
      } else k++;
    }
    if (merges > 0) this.sort();
    return merges;
  }

  /** Compaction; what waits in quarantine is let go first. */
  defragment(): NaiveMove[] {
    const used = this.blocks.filter((block) => block.used && block.freed !== true);
    const { moves, end } = slideDown(used, this.first, this.o);
    this.clear();
    const rest = { address: end, size: this.top() - end, payload: 0, requested: 0, used: false };
    this.main = rest.size > 0 ? [rest] : [];
    this.blocks = [...used, ...this.main];
    return moves;
  }

  /** What may make a failed search succeed without growing. */
  protected relieve(): boolean {
    return this.o.coalesce === "deferred" && this.coalesce() > 0;
  }

  protected clear(): void {
    const block = { address: this.first, size: this.top() - this.first, payload: 0, requested: 0, used: false };
    this.blocks = block.size > 0 ? [block] : [];
    this.main = [...this.blocks];
    this.apart = [];
    this.quarantine.waiting.length = 0;
    this.rover = undefined;
    this.roverAddress = this.o.base;
  }

  /** Whether the block would have whatever the heap gained right behind it. */
  private reaches(block: NaiveBlock): boolean {
    const behind = this.blocks.slice(this.blocks.indexOf(block) + 1);
    if (behind.length === 0) return true;
    const [tail, ...more] = behind;
    return more.length === 0 && this.o.coalesce === "immediate" && !tail.used && !this.apart.includes(tail);
  }

  /** Extends the heap until its blocks end at `wanted`. */
  private growTo(wanted: number): boolean {
    const { grow, max, base, growth } = this.o;
    if (grow === 0) return false;
    const before = this.end;
    const top = this.top();
    if (growth === "minimum") this.end += Math.max(grow, wanted - top);
    else {
      while (this.end < wanted) this.end += grow;
      this.end = Math.min(this.end, base + max);
    }
    if (this.end > base + max || this.top() < wanted || this.top() <= top) {
      this.end = before;
      return false;
    }
    const block = { address: top, size: this.top() - top, payload: 0, requested: 0, used: false };
    this.blocks.push(block);
    this.enter(block, false);
    return true;
  }

  private need(requested: number): number {
    const { align, header, footer } = this.o;
    const size = Math.max(this.min, Math.ceil(requested / align) * align + header + footer);
    return this.aligned ? Math.ceil(size / align) * align : size;
  }

  private live(payload: number): NaiveBlock | undefined {
    return this.blocks.find((block) => block.used && block.freed !== true && block.payload === payload);
  }

  protected take(requested: number, align: number): NaiveBlock | undefined {
    const need = this.need(requested);
    let found = this.search(need, align);
    const failed = this.searched;
    if (!found && this.relieve()) {
      found = this.search(need, align);
      this.searched += failed;
    }
    // A request that only growth serves leaves the rover of next fit where it is, unless there was no block before.
    const isEmpty = this.blocks.length === 0;
    const extended = !found && this.extend(need, align);
    this.grown = extended && !isEmpty;
    if (extended) found = this.search(need, align);
    if (!found) return undefined;
    const block = this.cut(found, need, align);
    block.requested = requested;
    return block;
  }

  /** Takes the wanted block out of the one found. */
  protected cut(found: NaiveBlock, need: number, align: number): NaiveBlock {
    const leading = lead(found.address + this.o.header, align);
    const gap = leading >= this.min ? leading : 0;
    let size = leading - gap + need;
    let rest = found.size - gap - size;
    if (rest < this.min) {
      size += rest;
      rest = 0;
    }
    const address = found.address + gap;
    const payload = found.address + leading + this.o.header;
    const block = { address, size, payload, requested: 0, used: true, align };
    const parts: NaiveBlock[] = [];
    if (gap > 0) parts.push({ ...found, size: gap });
    if (rest > 0) parts.push({ ...found, address: address + size, size: rest });
    const place = this.main.indexOf(found);
    const following = this.main[place + 1];
    this.main.splice(place, 1, ...parts);
    const all = gap > 0 ? [parts[0], block, ...parts.slice(1)] : [block, ...parts];
    this.blocks.splice(this.blocks.indexOf(found), 1, ...all);
    if (this.rover === found) this.rover = this.grown ? (parts[0] ?? following) : following;
    if (this.o.policy === "next-fit" && !this.grown) {
      this.roverAddress = address;
      this.rover = rest > 0 ? parts[parts.length - 1] : following;
    }
    return block;
  }

  protected search(need: number, align: number): NaiveBlock | undefined {
    const fits = (block: NaiveBlock): boolean => block.size >= need + lead(block.address + this.o.header, align);
    let found: NaiveBlock | undefined;
    this.searched = 0;
    let walk = this.main;
    if (this.o.policy === "next-fit") {
      let start = this.rover ? this.main.indexOf(this.rover) : 0;
      if (this.o.order === "address") {
        start = this.main.findIndex((block) => block.address >= this.roverAddress);
        if (start < 0) start = this.main.length;
      }
      walk = [...this.main.slice(start), ...this.main.slice(0, start)];
    }
    for (const block of walk) {
      this.searched++;
      if (!fits(block)) continue;
      if (this.o.policy === "best-fit") {
        if (!found || block.size < found.size) found = block;
      } else if (this.o.policy === "worst-fit") {
        if (!found || block.size > found.size) found = block;
      } else {
        found = block;
        break;
      }
    }
    this.totalSearched += this.searched;
    return found;
  }

  private extend(need: number, align: number): boolean {
    const { grow, max, base, header, coalesce } = this.o;
    if (grow === 0) return false;
    const tail = this.blocks.at(-1);
    const top = this.top();
    const start = coalesce === "immediate" && tail && !tail.used && !this.apart.includes(tail) ? tail.address : top;
    const before = this.end;
    const padded = this.growthNeed(top, need, align);
    if (this.o.growth === "minimum") this.end = before + Math.max(grow, padded);
    else this.end = Math.min(before + Math.ceil((top + padded - before) / grow) * grow, base + max);
    const size = this.top() - top;
    if (this.end > base + max || size <= 0 || this.top() - start < need + lead(start + header, align)) {
      this.end = before;
      return false;
    }
    const block = { address: top, size, payload: 0, requested: 0, used: false };
    this.blocks.push(block);
    this.enter(block, false);
    return true;
  }

  /** Bytes that the heap wants to gain for a request that nothing in it serves. */
  protected growthNeed(start: number, need: number, align: number): number {
    return lead(start + this.o.header, align) + need;
  }

  /** Where blocks end: whole units of alignment in a heap that grows. */
  protected top(): number {
    const rest = this.aligned && this.o.grow > 0 ? (this.end - this.first) % this.o.align : 0;
    return Math.max(this.first, this.end - rest);
  }

  protected release(block: NaiveBlock): void {
    block.freed = true;
    for (const leaving of this.quarantine.push(block)) {
      Object.assign(leaving, { used: false, freed: false, payload: 0, requested: 0 });
      this.place(leaving);
    }
  }

  /** Takes in a block that was freed. */
  protected place(block: NaiveBlock): void {
    this.enter(block, true);
  }

  protected enter(freed: NaiveBlock, passes: boolean): void {
    let block = freed;
    let roverMerged = false;
    if (this.o.coalesce === "immediate") {
      const at = this.blocks.indexOf(block);
      const previous = at > 0 ? this.blocks[at - 1] : undefined;
      const next = this.blocks.at(at + 1);
      for (const neighbour of [next, previous]) {
        if (!neighbour || neighbour.used || this.apart.includes(neighbour)) continue;
        roverMerged ||= this.rover === neighbour;
        this.leave(neighbour);
        const low = neighbour === previous ? neighbour : block;
        const high = neighbour === previous ? block : neighbour;
        low.size += high.size;
        this.blocks.splice(this.blocks.indexOf(high), 1);
        block = low;
      }
    }
    if (this.o.order === "lifo") this.main.unshift(block);
    else this.main.push(block);
    this.sort();
    if (roverMerged) this.rover = block;
    this.settle(block);
    if (this.o.coalesce !== "list-pass" || !passes) return;
    for (let k = 0; k + 1 < this.main.length;) {
      const [current, next] = [this.main[k], this.main[k + 1]];
      if (next.address === current.address + current.size) this.swallow(current, next);
      else k++;
    }
  }

  private sort(): void {
    const { order } = this.o;
    if (order === "address") this.main.sort((a, b) => a.address - b.address);
    if (order === "size-asc") this.main.sort((a, b) => a.size - b.size);
    if (order === "size-desc") this.main.sort((a, b) => b.size - a.size);
  }

  private swallow(block: NaiveBlock, next: NaiveBlock): void {
    const roverMerged = this.rover === next;
    this.leave(next);
    this.blocks.splice(this.blocks.indexOf(next), 1);
    block.size += next.size;
    if (roverMerged) this.rover = block;
    this.settle(block);
  }

  protected leave(block: NaiveBlock): void {
    const at = this.main.indexOf(block);
    if (this.rover === block) this.rover = this.main[at + 1];
    this.main.splice(at, 1);
  }

  private settle(block: NaiveBlock): void {
    const inside = this.roverAddress > block.address && this.roverAddress < block.address + block.size;
    if (inside) this.roverAddress = block.address;
  }
}
