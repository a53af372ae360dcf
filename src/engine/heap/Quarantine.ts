import { eventKindNumber, type EventLog } from "../events";
import type { BlockTable } from "./BlockTable";
import { grownInts, initialCapacity } from "./growable";
import type { Demand } from "./listInvariants";

const enterEvent = eventKindNumber("quarantine-enter");
const leaveEvent = eventKindNumber("quarantine-leave");

type QuarantineSnapshot = ReturnType<Quarantine["save"]>;

/**
 * Freed blocks that wait, first in, first out, before their memory is used again, so that a use after free meets memory
 * that belongs to nobody: AddressSanitizer's quarantine (`quarantine_size_mb`), Valgrind's `--freelist-vol`.
 *
 * Whole block sizes count against the limit. A block that enters pushes the oldest ones out until the rest fits; one
 * larger than the limit pushes out everything, itself included. Nothing else but compaction lets blocks out, an
 * allocation that fails least of all: as in both tools, the memory is not there while it waits.
 */
export class Quarantine {
  length = 0;
  /** Sizes of the waiting blocks together; at most the limit between two operations. */
  bytes = 0;
  private oldest = -1;
  private newest = -1;
  /** By id: the block that entered next, -1 for the newest. */
  private after = new Int32Array(initialCapacity);

  constructor(
    private readonly table: BlockTable,
    private readonly limit: number,
    private readonly log: EventLog,
  ) {}

  /** Whether the oldest block must leave now. */
  get isOver(): boolean {
    return this.bytes > this.limit;
  }

  /** A block was freed. Let blocks {@link leave} afterwards for as long as it is over its limit. */
  enter(id: number): void {
    const { table } = this;
    while (id >= this.after.length) this.after = grownInts(this.after, this.after.length * 2);
    this.append(id);
    this.log.push(enterEvent, table.address(id), table.size(id), table.payload(id), this.bytes);
  }

  /** Takes out the oldest block and returns its id; -1 when none waits. */
  leave(): number {
    const id = this.oldest;
    if (id < 0) return -1;
    const { table } = this;
    this.oldest = this.after[id];
    if (this.oldest < 0) this.newest = -1;
    this.length--;
    this.bytes -= table.size(id);
    this.log.push(leaveEvent, table.address(id), table.size(id), this.bytes, 0);
    return id;
  }

  check(idOfPayload: (payload: number) => number, demand: Demand): void {
    const { table } = this;
    let waiting = 0;
    for (let id = table.first; id >= 0; id = table.next(id)) if (table.isQuarantined(id)) waiting++;
    let length = 0;
    let bytes = 0;
    for (let id = this.oldest; id >= 0 && length <= waiting; id = this.after[id]) {
      demand(table.isQuarantined(id), "A block that is not quarantined waits in the quarantine.");
      demand(idOfPayload(table.payload(id)) < 0, "A block in quarantine is still found by its payload.");
      demand(this.after[id] >= 0 || id === this.newest, "The quarantine does not end at its newest block.");
      bytes += table.size(id);
      length++;
    }
    demand(length === waiting, "The quarantine does not hold every quarantined block exactly once.");
    demand(length === this.length && bytes === this.bytes, "The quarantine's sums are wrong.");
    demand(!this.isOver, "The quarantine holds more than its limit.");
  }

  save() {
    const waiting = new Int32Array(this.length);
    let at = 0;
    for (let id = this.oldest; id >= 0; id = this.after[id]) waiting[at++] = id;
    return { waiting };
  }

  /** The table must be the one of the same moment. */
  load({ waiting }: QuarantineSnapshot): void {
    this.length = this.bytes = 0;
    this.oldest = this.newest = -1;
    for (const id of waiting) this.append(id);
  }

  private append(id: number): void {
    this.after[id] = -1;
    if (this.newest < 0) this.oldest = id;
    else this.after[this.newest] = id;
    this.newest = id;
    this.length++;
    this.bytes += this.table.size(id);
  }
}
