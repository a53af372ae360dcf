import type { ByteStoreContract } from "../bytes/contract";
import { eventKindNumber, type EventLog } from "../events";
import type { BlockTable } from "./BlockTable";
import type { GuardBytes } from "./GuardBytes";
import type { HeaderBytes } from "./HeaderBytes";
import type { HeapExtent } from "./HeapExtent";
import type { Placement } from "./Placement";

const resizeEvent = eventKindNumber("resize");

/** Resizes used blocks without moving them. */
export class Resizer {
  constructor(
    private readonly table: BlockTable,
    private readonly placement: Placement,
    private readonly extent: HeapExtent,
    private readonly bytes: ByteStoreContract | null,
    private readonly headers: HeaderBytes | null,
    private readonly guards: GuardBytes | null,
    private readonly log: EventLog,
  ) {}

  /**
   * Gives the block at least `need` bytes where it stands: within itself, with free blocks above it, or, at the end of a
   * heap that grows, by extending the heap, as dlmalloc does at its top. False, and nothing changed, where it must move.
   */
  resize(id: number, need: number, requested: number): boolean {
    if (need <= this.table.size(id)) {
      this.shrink(id, need, requested);
      return true;
    }
    if (this.growUpwards(id, need, requested)) return true;
    return this.extent.makeRoomFor(id, need) && this.growUpwards(id, need, requested);
  }

  /** A remainder that is large enough to be a block is freed. */
  private shrink(id: number, need: number, requested: number): void {
    const size = this.table.size(id);
    const kept = this.placement.keptSize(id, need);
    this.setSize(id, kept, requested);
    if (kept < size) this.placement.freeTail(id, size - kept);
  }

  private growUpwards(id: number, need: number, requested: number): boolean {
    const size = this.placement.extendUsed(id, need);
    if (size > 0) this.setSize(id, size, requested);
    return size > 0;
  }

  private setSize(id: number, size: number, requested: number): void {
    const { table, bytes } = this;
    const oldRequested = table.requested(id);
    const oldSize = table.size(id);
    table.setSize(id, size);
    table.setRequested(id, requested);
    if (bytes && requested > oldRequested) {
      bytes.forget(table.payload(id) + oldRequested, requested - oldRequested);
    }
    if (size !== oldSize) this.headers?.writeSize(id);
    this.guards?.resized(id, Math.min(oldRequested, requested));
    this.log.push(resizeEvent, table.address(id), size, oldSize, requested);
  }
}
