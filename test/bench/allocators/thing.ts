import type { CreateAllocator } from "./contract";

/** `@thi.ng/malloc` with its default settings: first fit over one list, blocks merged at each free. */
export async function loadThing(): Promise<CreateAllocator> {
  // An ES module, which a CommonJS program can only import dynamically.
  const { MemPool } = await import("@thi.ng/malloc");
  return (arena) => {
    const pool = new MemPool({ buf: new ArrayBuffer(arena), align: 8 });
    return {
      allocate: (size) => pool.malloc(size),
      free: (pointer) => void pool.free(pointer),
      reallocate: (pointer, size) => pool.realloc(pointer, size),
    };
  };
}
