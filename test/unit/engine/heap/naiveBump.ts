import type { HeapOptions } from "../../../../src/engine/heap/options";
import type { NaiveBlock } from "./naiveHeap";
import { NaiveQuarantine } from "./naiveQuarantine";

const lead = (address: number, align: number): number => (align - (address % align)) % align;

/** An arena once more: what was handed out, and a pointer. */
export class NaiveBump {
  handedOut: NaiveBlock[] = [];
  end: number;
  searched = 0;
  totalSearched = 0;
  peak = 0;
  readonly quarantine = new NaiveQuarantine<NaiveBlock>(0);
  private pointer: number;
  private readonly rest: NaiveBlock = { address: 0, size: 0, payload: 0, requested: 0, used: false };
  private readonly first: number;
  private readonly aligned: boolean;

  constructor(private readonly o: HeapOptions) {
    this.aligned = (o.header + o.footer) % o.align === 0 && o.base % o.align === 0;
    this.first = o.base + (this.aligned ? lead(o.base + o.header, o.align) : 0);
    this.pointer = this.first;
    this.end = o.base + o.size;
  }

  get blocks(): NaiveBlock[] {
    return [...this.handedOut, ...this.list];
  }

  get list(): NaiveBlock[] {
    const size = this.top(this.end) - this.pointer;
    Object.assign(this.rest, { address: this.pointer, size });
    return size > 0 ? [this.rest] : [];
  }

  get current(): number {
    return this.handedOut.reduce((sum, block) => sum + block.requested, 0);
  }

  allocate(requested: number, align = 1): number {
    const payload = this.take(requested, align);
    this.peak = Math.max(this.peak, this.current);
    return payload;
  }

  free(payload: number): boolean {
    const block = this.live(payload);
    if (block) Object.assign(block, { used: false, payload: 0, requested: 0 });
    return block !== undefined;
  }

  reset(): number {
    const used = this.handedOut.filter((block) => block.used).length;
    this.handedOut = [];
    this.pointer = this.first;
    return used;
  }

  coalesce(): number {
    return 0;
  }

  reallocate(payload: number, requested: number): number {
    const block = this.live(payload);
    if (!block) return -1;
    const before = block.requested;
    const end = payload - this.o.header + this.need(requested);
    const isNewest = block.address + block.size === this.pointer;
    if (isNewest && end > this.top(this.end)) this.growTo(end);
    if (end <= block.address + block.size || (isNewest && end <= this.top(this.end))) {
      block.size = Math.max(block.size, end - block.address);
      if (isNewest) this.pointer = block.address + block.size;
      block.requested = requested;
      this.peak = Math.max(this.peak, this.current);
      return payload;
    }
    block.requested = 0;
    const moved = this.take(requested, 1);
    if (moved < 0) block.requested = before;
    else this.free(payload);
    this.peak = Math.max(this.peak, this.current);
    return moved;
  }

  private take(requested: number, align: number): number {
    const { header } = this.o;
    const payload = this.pointer + header + lead(this.pointer + header, align);
    const end = payload - header + this.need(requested);
    const look = (): void => {
      this.searched = this.top(this.end) > this.pointer ? 1 : 0;
      this.totalSearched += this.searched;
    };
    look();
    if (end > this.top(this.end)) {
      if (!this.growTo(end)) return -1;
      look();
    }
    this.handedOut.push({ address: this.pointer, size: end - this.pointer, payload, requested, used: true });
    this.pointer = end;
    return payload;
  }

  private growTo(end: number): boolean {
    const { base, grow, max } = this.o;
    if (grow === 0) return false;
    const wanted = Math.min(this.end + Math.ceil((end - this.end) / grow) * grow, base + max);
    if (end > this.top(wanted) || this.top(wanted) <= this.top(this.end)) return false;
    this.end = wanted;
    return true;
  }

  private top(end: number): number {
    const rest = this.aligned && this.o.grow > 0 ? (end - this.first) % this.o.align : 0;
    return Math.max(this.first, end - rest);
  }

  private need(requested: number): number {
    const { align, header, footer, min } = this.o;
    const size = Math.max(1, min, Math.ceil(requested / align) * align + header + footer);
    return this.aligned ? Math.ceil(size / align) * align : size;
  }

  private live(payload: number): NaiveBlock | undefined {
    return this.handedOut.find((block) => block.used && block.payload === payload);
  }
}
