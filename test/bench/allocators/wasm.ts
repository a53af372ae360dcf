import type { BenchAllocator } from "./contract";

type Call = (...operands: number[]) => number;

/** The exported functions as an allocator. Pointers are unsigned. */
export function wasmAllocator(
  instance: WebAssembly.Instance,
  names: readonly [string, string, string],
): BenchAllocator {
  const [allocate, free, reallocate] = names.map((name) => instance.exports[name] as Call);
  return {
    allocate: (size) => allocate(size) >>> 0,
    free: (pointer) => void free(pointer),
    reallocate: (pointer, size) => reallocate(pointer, size) >>> 0,
  };
}
