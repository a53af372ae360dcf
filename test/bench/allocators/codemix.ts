import Allocator from "malloc";
import type { BenchAllocator } from "./contract";

/** codemix's `malloc`: best fit over a skip list. It has no realloc, so one is made of its parts, as its users do. */
export function codemix(arena: number): BenchAllocator {
  const buffer = new ArrayBuffer(arena);
  const bytes = new Uint8Array(buffer);
  const heap = new Allocator(buffer);
  return {
    allocate: (size) => heap.alloc(size),
    free: (pointer) => void heap.free(pointer),
    reallocate(pointer, size) {
      const held = heap.sizeOf(pointer);
      if (size <= held) return pointer;
      const moved = heap.alloc(size);
      if (moved === 0) return 0;
      bytes.copyWithin(moved, pointer, pointer + held);
      heap.free(pointer);
      return moved;
    },
  };
}
