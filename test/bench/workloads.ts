/** Operation sequences as flat arrays, so that the timed loop touches nothing but numbers and the allocator. */

export interface Workload {
  readonly name: string;
  /** 0 allocate, 1 free, 2 reallocate. */
  readonly kinds: Uint8Array;
  /** Index into the table of live pointers. */
  readonly slots: Uint32Array;
  readonly sizes: Uint32Array;
  readonly slotCount: number;
  /** Bytes that any of the measured allocators needs at most. */
  readonly arena: number;
}

export const ALLOCATE = 0;
export const FREE = 1;
export const REALLOCATE = 2;

/** Numerical Recipes' linear congruential generator: seeded, the same on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export class WorkloadBuilder {
  private readonly kinds: number[] = [];
  private readonly slots: number[] = [];
  private readonly sizes: number[] = [];
  private slotCount = 0;

  add(kind: number, slot: number, size: number): void {
    this.kinds.push(kind);
    this.slots.push(slot);
    this.sizes.push(size);
    this.slotCount = Math.max(this.slotCount, slot + 1);
  }

  build(name: string, arena: number): Workload {
    return {
      name,
      kinds: Uint8Array.from(this.kinds),
      slots: Uint32Array.from(this.slots),
      sizes: Uint32Array.from(this.sizes),
      slotCount: this.slotCount,
      arena,
    };
  }
}

/**
 * Random frees and allocations around a fixed number of live blocks of 16 to 512 bytes; the first `live` operations
 * fill the heap, the last ones empty it, so that a run can be repeated on the same heap.
 */
export function steadyState(live: number, operations: number, seed: number): Workload {
  const random = seededRandom(seed);
  const builder = new WorkloadBuilder();
  const size = (): number => 16 + Math.floor(random() * 497);
  for (let slot = 0; slot < live; slot++) builder.add(ALLOCATE, slot, size());
  for (let done = 0; done < operations; done += 2) {
    const slot = Math.floor(random() * live);
    builder.add(FREE, slot, 0);
    builder.add(ALLOCATE, slot, size());
  }
  for (let slot = 0; slot < live; slot++) builder.add(FREE, slot, 0);
  return builder.build(`steady-${live}`, live * 1024 + (1 << 20));
}
