/** The running counts of a heap that do not follow from its blocks. Bytes are requested bytes. */
export class Totals {
  allocations = 0;
  deallocations = 0;
  totalAllocated = 0;
  totalFreed = 0;
  peakUsed = 0;
  searched = 0;
  /** The fewest bytes that were ever free. */
  leastFree = Infinity;

  get currentUsed(): number {
    return this.totalAllocated - this.totalFreed;
  }

  countAllocation(requested: number): void {
    this.allocations++;
    this.totalAllocated += requested;
    this.notePeak();
  }

  countDeallocation(requested: number): void {
    this.deallocations++;
    this.totalFreed += requested;
  }

  /** A resized block is the same allocation, moved or not, so that totals do not depend on the policy. */
  countResize(before: number, after: number): void {
    if (after > before) this.totalAllocated += after - before;
    else this.totalFreed += before - after;
    this.notePeak();
  }

  noteFree(bytes: number): void {
    if (bytes < this.leastFree) this.leastFree = bytes;
  }

  save(): readonly number[] {
    const { allocations, deallocations, totalAllocated, totalFreed, peakUsed, searched, leastFree } = this;
    return [allocations, deallocations, totalAllocated, totalFreed, peakUsed, searched, leastFree];
  }

  load(saved: readonly number[]): void {
    [
      this.allocations = 0,
      this.deallocations = 0,
      this.totalAllocated = 0,
      this.totalFreed = 0,
      this.peakUsed = 0,
      this.searched = 0,
      this.leastFree = Infinity,
    ] = saved;
  }

  private notePeak(): void {
    if (this.currentUsed > this.peakUsed) this.peakUsed = this.currentUsed;
  }
}
