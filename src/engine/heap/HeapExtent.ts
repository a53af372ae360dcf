import type { ByteStoreContract } from "../bytes/contract";
import { eventKindNumber, type EventLog } from "../events";
import type { BlockTable } from "./BlockTable";
import type { HeapGeometry } from "./geometry";
import type { HeapOptions } from "./options";
import type { Placement } from "./Placement";

const growEvent = eventKindNumber("grow");
const trimEvent = eventKindNumber("trim");

/** Where the heap ends: how it extends and gives memory back, as sbrk does, where `grow`, `max` and `trim` allow it. */
export class HeapExtent {
  /** One past the heap's last byte. */
  end: number;
  /** The largest that `end` ever was. */
  highestEnd: number;

  constructor(
    private readonly options: HeapOptions,
    private readonly geometry: HeapGeometry,
    private readonly table: BlockTable,
    private readonly placement: Placement,
    private readonly bytes: ByteStoreContract | null,
    private readonly log: EventLog,
  ) {
    this.end = this.highestEnd = options.base + options.size;
    table.reach(this.end);
  }

  /** One past the last byte of the last block. */
  get blocksEnd(): number {
    return this.geometry.blocksEnd(this.end);
  }

  /** Extends the heap so that it serves the request; false, and nothing changed, where it cannot. */
  serve(need: number, align: number): boolean {
    const { placement } = this;
    const begins = this.blocksEnd;
    const end = this.grownTo(placement.growthEnd(begins, need, align));
    if (end < 0 || !placement.growthServes(begins, this.geometry.blocksEnd(end), need, align)) return false;
    this.extend(end);
    return true;
  }

  /** Extends the heap so that the used block at its end has room to grow in place; false where it cannot. */
  makeRoomFor(id: number, need: number): boolean {
    const wanted = this.placement.growthEndFor(id, need);
    if (wanted < 0) return false;
    const end = this.grownTo(wanted);
    if (end < 0 || this.geometry.blocksEnd(end) < wanted) return false;
    this.extend(end);
    return true;
  }

  /**
   * Gives back what `trim` allows of the free block at the end. Buddies end a heap with several free blocks, of which
   * each is looked at once those after it are gone.
   */
  trim(): void {
    for (let end = this.trimmedEnd(); end >= 0; end = this.trimmedEnd()) {
      this.log.push(trimEvent, this.end, end, 0, 0);
      this.bytes?.erase(end, this.end - end);
      this.end = end;
      this.placement.shrink(this.blocksEnd);
    }
  }

  /** Where the heap ends once it has given back whole steps of its last block; -1 when it gives nothing back. */
  private trimmedEnd(): number {
    const { table, end } = this;
    const { base, size, grow, trim } = this.options;
    const last = this.placement.freeLast;
    if (trim === null || grow <= 0 || last < 0 || table.size(last) < trim) return -1;
    const start = table.address(last);
    const steps = Math.floor((end - Math.max(start, base + size)) / grow);
    const least = end - steps * grow;
    const rest = this.geometry.blocksEnd(least) - start;
    // What remains is large enough for a block, or nothing.
    const trimmed = rest > 0 && rest < this.geometry.min ? least + grow : least;
    return trimmed < end ? trimmed : -1;
  }

  /** Where the heap ends once it has grown so that its blocks end at `enough`, or as near to that as it may; -1: it gains nothing. */
  private grownTo(enough: number): number {
    const { end, blocksEnd } = this;
    const { base, grow, growth, max } = this.options;
    if (grow <= 0) return -1;
    const limit = base + max;
    const gain = growth === "minimum" ? Math.max(grow, enough - blocksEnd) : Math.ceil((enough - end) / grow) * grow;
    if (growth === "minimum" && end + gain > limit) return -1;
    const grown = Math.min(end + gain, limit);
    return this.geometry.blocksEnd(grown) > blocksEnd ? grown : -1;
  }

  private extend(end: number): void {
    const begins = this.blocksEnd;
    this.log.push(growEvent, this.end, end, 0, 0);
    this.end = end;
    this.highestEnd = Math.max(this.highestEnd, end);
    this.table.reach(end);
    this.placement.grow(begins, this.blocksEnd);
  }
}
