import type { MemPool } from "@thi.ng/malloc";
import { EventLog } from "../../src/engine/events";
import { defaultHeapOptions } from "../../src/engine/heap/defaults";
import { Heap } from "../../src/engine/heap/Heap";
import { heapPolicies, type HeapPolicy } from "../../src/engine/heap/options";

/** What the bench asks of every allocator. Pointers are numbers; 0 or less means refused. */
export interface BenchAllocator {
  allocate(size: number): number;
  free(pointer: number): void;
  reallocate(pointer: number, size: number): number;
}

/** Ours as trace replay uses it: every check and statistic on, no simulated bytes. */
function ours(policy: HeapPolicy, arena: number): BenchAllocator {
  const log = new EventLog();
  const heap = new Heap(
    { ...defaultHeapOptions("bench", 0x10000, arena), policy, header: 8, footer: 0, min: 16, bytes: false },
    log,
  );
  return {
    allocate(size) {
      log.clear();
      return heap.allocate(size, 0);
    },
    free(pointer) {
      log.clear();
      heap.free(pointer);
    },
    reallocate(pointer, size) {
      log.clear();
      return heap.reallocate(pointer, size, 0);
    },
  };
}

function thing(Pool: typeof MemPool, arena: number): BenchAllocator {
  const pool = new Pool({ buf: new ArrayBuffer(arena + 64), align: 8 });
  return {
    allocate: (size) => pool.malloc(size),
    free: (pointer) => void pool.free(pointer),
    reallocate: (pointer, size) => pool.realloc(pointer, size),
  };
}

export const ourPolicies = heapPolicies;
export const peers = ["@thi.ng/malloc"] as const;

/** Makes fresh allocators of that name. The peer is an ES module, which a CommonJS program can only import dynamically. */
export async function loadAllocator(name: string): Promise<(arena: number) => BenchAllocator> {
  if (name === "@thi.ng/malloc") {
    const { MemPool: Pool } = await import("@thi.ng/malloc");
    return (arena) => thing(Pool, arena);
  }
  const policy = heapPolicies.find((candidate) => candidate === name);
  if (!policy) throw new Error(`No allocator is named ${name}.`);
  return (arena) => ours(policy, arena);
}
