/** The running counts of a heap that do not follow from its blocks. Bytes are requested bytes. */
export class Totals {
  allocations = 0;
  deallocations = 0;
  totalAllocated = 0;
  totalFreed = 0;
  peakUsed = 0;
  searched = 0;

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

  save(): readonly number[] {
    return [this.allocations, this.deallocations, this.totalAllocated, this.totalFreed, this.peakUsed, this.searched];
  }

  load(saved: readonly number[]): void {
    [
      this.allocations = 0,
      this.deallocations = 0,
      this.totalAllocated = 0,
      this.totalFreed = 0,
      this.peakUsed = 0,
      this.searched = 0,
    ] = saved;
  }

  private notePeak(): void {
    if (this.currentUsed > this.peakUsed) this.peakUsed = this.currentUsed;
  }
}
