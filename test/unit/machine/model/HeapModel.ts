/** The slowest heap that is obviously right: arrays that are searched from end to end. */
export interface HeapModelOptions {
  readonly base: number;
  readonly size: number;
  readonly header: number;
  readonly align: number;
  readonly min: number;
  readonly policy: "first-fit" | "best-fit" | "worst-fit";
  readonly order: "address" | "lifo" | "fifo";
  readonly coalesce: "immediate" | "never";
  readonly realloc: "in-place" | "move";
}

interface Block {
  address: number;
  size: number;
}

export class HeapModel {
  /** Free blocks in list order. */
  free: Block[];
  /** Live blocks by payload address. */
  readonly used = new Map<number, Block & { requested: number }>();
  currentUsed = 0;
  searched = 0;
  lead: number;

  constructor(readonly options: HeapModelOptions) {
    // The first block is shifted so that header and payload fall on a multiple of the alignment.
    const { base, header, align, size } = options;
    this.lead = header % align === 0 ? (align - ((base + header) % align)) % align : 0;
    this.free = [{ address: base + this.lead, size: size - this.lead }];
  }

  allocate(requested: number): number {
    const { align, header, min, policy } = this.options;
    const least = Math.max(min, Math.ceil(requested / align) * align + header);
    // Where payloads are aligned, blocks are multiples of the alignment too.
    const need = header % align === 0 ? Math.ceil(least / align) * align : least;
    const fitting = this.free.filter(({ size }) => size >= need);
    this.searched = this.free.length;
    let chosen = fitting.at(0);
    if (policy === "first-fit" && chosen !== undefined) this.searched = this.free.indexOf(chosen) + 1;
    for (const block of fitting) {
      if (policy === "best-fit" && block.size < chosen!.size) chosen = block;
      if (policy === "worst-fit" && block.size > chosen!.size) chosen = block;
    }
    if (chosen === undefined) return -1;
    const { address } = chosen;
    const rest = chosen.size - need;
    const size = rest >= min ? need : chosen.size;
    if (rest >= min) {
      chosen.address += need;
      chosen.size = rest;
    } else this.free.splice(this.free.indexOf(chosen), 1);
    this.used.set(address + header, { address, size, requested });
    this.currentUsed += requested;
    return address + header;
  }

  release(payload: number): void {
    const block = this.used.get(payload)!;
    this.used.delete(payload);
    this.currentUsed -= block.requested;
    const merged: Block = { address: block.address, size: block.size };
    if (this.options.coalesce === "immediate") {
      for (const other of [...this.free]) {
        if (other.address + other.size === merged.address || merged.address + merged.size === other.address) {
          merged.address = Math.min(merged.address, other.address);
          merged.size += other.size;
          this.free.splice(this.free.indexOf(other), 1);
        }
      }
    }
    if (this.options.order === "lifo") this.free.unshift(merged);
    else this.free.push(merged);
    if (this.options.order === "address") this.free.sort((a, b) => a.address - b.address);
  }
}
