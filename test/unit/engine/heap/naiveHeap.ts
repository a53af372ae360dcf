import type { HeapOptions } from "../../../../src/engine/heap/options";
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
}

const lead = (address: number, align: number): number => (align - (address % align)) % align;

/** The heap's semantics once more, with two arrays and nothing but linear scans. */
export class NaiveHeap {
  blocks: NaiveBlock[] = [];
  list: NaiveBlock[] = [];
  end: number;
  searched = 0;
  totalSearched = 0;
  peak = 0;
  readonly quarantine: NaiveQuarantine<NaiveBlock>;
  private rover: NaiveBlock | undefined;
  private roverAddress: number;
  private readonly first: number;
  private readonly aligned: boolean;
  private readonly min: number;

  constructor(private readonly o: HeapOptions) {
    this.aligned = (o.header + o.footer) % o.align === 0 && o.base % o.align === 0;
    this.min = Math.max(1, o.min);
    this.quarantine = new NaiveQuarantine(o.quarantine);
    const first = o.base + (this.aligned ? lead(o.base + o.header, o.align) : 0);
    this.end = o.base + o.size;
    this.roverAddress = o.base;
    this.first = first;
    const block = { address: first, size: this.top() - first, payload: 0, requested: 0, used: false };
    this.blocks = block.size > 0 ? [block] : [];
    this.list = [...this.blocks];
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
    if (need <= block.size) {
      const rest = block.size - need;
      block.requested = requested;
      if (rest >= this.min) {
        block.size = need;
        const remainder = { address: block.address + need, size: rest, payload: 0, requested: 0, used: false };
        this.blocks.splice(this.blocks.indexOf(block) + 1, 0, remainder);
        this.enter(remainder, true);
      }
    } else if (next && !next.used && block.size + next.size >= need) {
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

  private need(requested: number): number {
    const { align, header, footer } = this.o;
    const size = Math.max(this.min, Math.ceil(requested / align) * align + header + footer);
    return this.aligned ? Math.ceil(size / align) * align : size;
  }

  private live(payload: number): NaiveBlock | undefined {
    return this.blocks.find((block) => block.used && block.freed !== true && block.payload === payload);
  }

  private take(requested: number, align: number): NaiveBlock | undefined {
    const need = this.need(requested);
    let found = this.search(need, align);
    if (!found && this.o.coalesce === "deferred" && this.coalesce() > 0) found = this.search(need, align);
    if (!found && this.extend(need, align)) found = this.search(need, align);
    if (!found) return undefined;
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
    const block = { address, size, payload, requested, used: true };
    const parts: NaiveBlock[] = [];
    if (gap > 0) parts.push({ ...found, size: gap });
    if (rest > 0) parts.push({ ...found, address: address + size, size: rest });
    const place = this.list.indexOf(found);
    const following = this.list[place + 1];
    this.list.splice(place, 1, ...parts);
    const all = gap > 0 ? [parts[0], block, ...parts.slice(1)] : [block, ...parts];
    this.blocks.splice(this.blocks.indexOf(found), 1, ...all);
    if (this.rover === found) this.rover = following;
    if (this.o.policy === "next-fit") {
      this.roverAddress = address;
      this.rover = rest > 0 ? parts[parts.length - 1] : following;
    }
    return block;
  }

  private search(need: number, align: number): NaiveBlock | undefined {
    const fits = (block: NaiveBlock): boolean => block.size >= need + lead(block.address + this.o.header, align);
    let found: NaiveBlock | undefined;
    this.searched = 0;
    let walk = this.list;
    if (this.o.policy === "next-fit") {
      let start = this.rover ? this.list.indexOf(this.rover) : 0;
      if (this.o.order === "address") {
        start = this.list.findIndex((block) => block.address >= this.roverAddress);
        if (start < 0) start = this.list.length;
      }
      walk = [...this.list.slice(start), ...this.list.slice(0, start)];
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
    const start = coalesce === "immediate" && tail && !tail.used ? tail.address : top;
    const before = this.end;
    const missing = top + lead(top + header, align) + need - before;
    this.end = Math.min(before + Math.ceil(missing / grow) * grow, base + max);
    const size = this.top() - top;
    if (size <= 0 || this.top() - start < need + lead(start + header, align)) {
      this.end = before;
      return false;
    }
    const block = { address: top, size, payload: 0, requested: 0, used: false };
    this.blocks.push(block);
    this.enter(block, false);
    return true;
  }

  /** Where blocks end: whole units of alignment in a heap that grows. */
  private top(): number {
    const rest = this.aligned && this.o.grow > 0 ? (this.end - this.first) % this.o.align : 0;
    return Math.max(this.first, this.end - rest);
  }

  private release(block: NaiveBlock): void {
    block.freed = true;
    for (const leaving of this.quarantine.push(block)) {
      Object.assign(leaving, { used: false, freed: false, payload: 0, requested: 0 });
      this.enter(leaving, true);
    }
  }

  private enter(freed: NaiveBlock, passes: boolean): void {
    let block = freed;
    let roverMerged = false;
    if (this.o.coalesce === "immediate") {
      const at = this.blocks.indexOf(block);
      const previous = at > 0 ? this.blocks[at - 1] : undefined;
      const next = this.blocks.at(at + 1);
      for (const neighbour of [next, previous]) {
        if (!neighbour || neighbour.used) continue;
        roverMerged ||= this.rover === neighbour;
        this.leave(neighbour);
        const low = neighbour === previous ? neighbour : block;
        const high = neighbour === previous ? block : neighbour;
        low.size += high.size;
        this.blocks.splice(this.blocks.indexOf(high), 1);
        block = low;
      }
    }
    if (this.o.order === "lifo") this.list.unshift(block);
    else this.list.push(block);
    this.sort();
    if (roverMerged) this.rover = block;
    this.settle(block);
    if (this.o.coalesce !== "list-pass" || !passes) return;
    for (let k = 0; k + 1 < this.list.length;) {
      const [current, next] = [this.list[k], this.list[k + 1]];
      if (next.address === current.address + current.size) this.swallow(current, next);
      else k++;
    }
  }

  private sort(): void {
    const { order } = this.o;
    if (order === "address") this.list.sort((a, b) => a.address - b.address);
    if (order === "size-asc") this.list.sort((a, b) => a.size - b.size);
    if (order === "size-desc") this.list.sort((a, b) => b.size - a.size);
  }

  private swallow(block: NaiveBlock, next: NaiveBlock): void {
    const roverMerged = this.rover === next;
    this.leave(next);
    this.blocks.splice(this.blocks.indexOf(next), 1);
    block.size += next.size;
    if (roverMerged) this.rover = block;
    this.settle(block);
  }

  private leave(block: NaiveBlock): void {
    const at = this.list.indexOf(block);
    if (this.rover === block) this.rover = this.list[at + 1];
    this.list.splice(at, 1);
  }

  private settle(block: NaiveBlock): void {
    const inside = this.roverAddress > block.address && this.roverAddress < block.address + block.size;
    if (inside) this.roverAddress = block.address;
  }
}
