/**
 * What an engine did, told as it happens: the raw material of each step's story, of the history view and of animations.
 *
 * The log is a struct of arrays that is cleared before each operation, so that a replay of a million operations
 * allocates nothing. Readers turn it into objects with {@link EventLog.toArray} only when somebody looks.
 */

/** Each kind with the meaning of its five numbers (unused ones are 0). Sizes are whole block sizes, header included. */
export const engineEventKinds = [
  "search", // a: free blocks looked at, b: address of the block found or -1, c: bytes needed
  "split", // a: address of the used part, b: its size, c: address of the remainder, d: its size
  "allocate", // a: block address, b: block size, c: payload address, d: requested bytes
  "free", // a: block address, b: block size, c: payload address, d: requested bytes
  "coalesce", // a: address of the merged block, b: its size, c: address of the block absorbed, d: the absorbed size
  "resize", // a: block address, b: new block size, c: old block size, d: requested bytes
  "move", // a: old payload address, b: new payload address, c: payload bytes moved
  "grow", // a: old heap end, b: new heap end
  "quarantine-enter", // a: block address, b: block size, c: payload address, d: bytes in quarantine then
  "quarantine-leave", // a: block address, b: block size, c: bytes in quarantine then
  "reset", // a: blocks that were used, b: address of the first block
  "pool-allocate", // a: block address, b: block index
  "pool-free", // a: block address, b: block index
  "pool-reset", // a: blocks that were used
  "pool-grow", // a: blocks before, b: blocks now
  "slab-create", // a: address of the slab, b: its index, c: its colour, the bytes by which its objects are shifted
  "slab-return", // a: address of the slab, b: its index
  "map", // a: page number, b: frame number, c: flags, d: address space
  "unmap", // a: page number, b: frame number, c: address space
  "protect", // a: page number, b: new flags, c: old flags, d: address space
  "page-in", // a: page number, b: frame number, c: swap slot or -1 for a fresh page, d: address space
  "evict", // a: page number, b: frame number, c: swap slot or -1, d: 1 when it was written back, e: address space of its owner, the first one of a shared page
  "copy-page", // a: page number, b: frame it had, c: frame it has, d: address space
  "merge-page", // a: frame given up, b: frame that both have
  "switch", // a: address space left, b: address space entered
  "translate", // a: virtual address, b: physical address
  "cache", // a: physical address, b: bytes, c: references to the caches, d: cycles
  "write", // a: address, b: bytes written
  "read", // a: address, b: bytes read
] as const;
export type EngineEventKind = (typeof engineEventKinds)[number];

export interface EngineEvent {
  readonly kind: EngineEventKind;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
}

const kindNumbers = new Map(engineEventKinds.map((kind, index) => [kind, index]));
/** The number by which hot code names a kind; look it up once, at module level. */
export function eventKindNumber(kind: EngineEventKind): number {
  return kindNumbers.get(kind)!;
}

const width = 6;

export class EventLog {
  /** Six numbers an event: its kind and its five. */
  private numbers = new Float64Array(64 * width);
  private used = 0;

  get length(): number {
    return this.used / width;
  }

  push(kind: number, a: number, b: number, c: number, d: number, e = 0): void {
    const slot = this.used;
    if (slot === this.numbers.length) this.enlarge();
    const { numbers } = this;
    numbers[slot] = kind;
    numbers[slot + 1] = a;
    numbers[slot + 2] = b;
    numbers[slot + 3] = c;
    numbers[slot + 4] = d;
    numbers[slot + 5] = e;
    this.used = slot + width;
  }

  /** Forgets all but the first `length` events. */
  truncate(length: number): void {
    this.used = length * width;
  }

  clear(): void {
    this.used = 0;
  }

  /** How many events of the kind are in the log. */
  count(kind: number): number {
    let found = 0;
    for (let slot = 0; slot < this.used; slot += width) if (this.numbers[slot] === kind) found++;
    return found;
  }

  at(index: number): EngineEvent {
    const slot = index * width;
    const { numbers } = this;
    return {
      kind: engineEventKinds[numbers[slot]],
      a: numbers[slot + 1],
      b: numbers[slot + 2],
      c: numbers[slot + 3],
      d: numbers[slot + 4],
      e: numbers[slot + 5],
    };
  }

  toArray(): EngineEvent[] {
    const events: EngineEvent[] = [];
    for (let index = 0; index < this.length; index++) events.push(this.at(index));
    return events;
  }

  private enlarge(): void {
    const numbers = new Float64Array(this.numbers.length * 2);
    numbers.set(this.numbers);
    this.numbers = numbers;
  }
}
