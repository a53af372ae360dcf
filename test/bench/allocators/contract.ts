/** What the bench asks of every allocator. Pointers are numbers; 0 or less means refused. */
export interface BenchAllocator {
  allocate(size: number): number;
  free(pointer: number): void;
  reallocate(pointer: number, size: number): number;
}

/** A fresh allocator; one that cannot grow gets `arena` bytes. */
export type CreateAllocator = (arena: number) => BenchAllocator;
