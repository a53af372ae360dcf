/**
 * What an engine did, reported as it happens: the raw material of stories, of the history view, of data breakpoints and of
 * the marks in drawings. A new kind is one row of {@link eventSchema}, and a sentence where history shows it.
 *
 * The log is columns of numbers that are cleared before each operation, so that a replay of a million operations
 * allocates nothing. Readers turn it into objects with {@link EventLog.toArray} only when they need them.
 */

/** Half-open range of bytes, pages or frames. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

/** What became of the block or the pages that an event is about. */
export type EventEffect =
  | "allocated"
  | "freed"
  | "split"
  | "merged"
  | "resized"
  | "moved"
  | "grown"
  | "written"
  | "read"
  | "mapped"
  | "unmapped"
  | "protected"
  | "translated";

/** What an event is about. What does not apply is left out. */
export interface EventScope {
  /** Whole blocks, or the bytes of an access. */
  readonly bytes?: Extent;
  /** Address at which the block begins whose state is another one now; of a moved block, its payload. */
  readonly block?: number;
  /** Bytes that the event itself read and wrote. */
  readonly reads?: Extent;
  readonly writes?: Extent;
  /** Address of a block whose header the allocator wrote. */
  readonly header?: number;
  /** Virtual pages with the id of the address space that they belong to. */
  readonly pages?: Extent & { readonly space: number };
  /** Frames that were given, taken, filled or shared. */
  readonly frames?: readonly number[];
  /** An address and what it led to, in the address space that runs. */
  readonly translated?: { readonly virtual: number; readonly physical: number };
}

/** Addresses are hexadecimal on every wire, and -1 stands for none. */
export type EventFieldType = "address" | "number";

interface EventRow<Fields> {
  /** Names and types of the numbers, in the order in which engines push them. At most five. */
  readonly fields: Fields;
  readonly effect?: EventEffect;
  readonly about: (event: { readonly [Name in keyof Fields]: number }) => EventScope;
}

function row<const Fields extends Readonly<Record<string, EventFieldType>>>(
  fields: Fields,
  about: EventRow<Fields>["about"] = () => ({}),
  effect?: EventEffect,
): EventRow<Fields> {
  return { fields, about, ...(effect === undefined ? {} : { effect }) };
}

const address = "address";
const number = "number";

const run = (from: number, length: number): Extent => ({ from, to: from + Math.max(1, length) });
const page = (vpn: number, space: number): EventScope["pages"] & {} => ({ ...run(vpn, 1), space });
const frames = (...pfns: number[]): number[] => pfns.filter((pfn) => pfn >= 0);

/** The front of a block, up to its payload, is written when it is handed out and when it is given back. */
const handedOver = (event: { addr: number; size: number; payload: number }): EventScope => ({
  bytes: run(event.addr, event.size),
  block: event.addr,
  ...(event.addr < event.payload ? { writes: { from: event.addr, to: event.payload } } : {}),
});
const changedBlock = ({ addr, size }: { addr: number; size: number }): EventScope => ({
  bytes: run(addr, size),
  block: addr,
  header: addr,
});
const fixedBlock = ({ addr }: { addr: number }): EventScope => ({ bytes: run(addr, 1), block: addr });
const mapping = ({ vpn, pfn, space }: { vpn: number; pfn: number; space: number }): EventScope => ({
  pages: page(vpn, space),
  frames: frames(pfn),
});

const blockFields = { addr: address, size: number, payload: address, requested: number } as const;
const poolBlockFields = { addr: address, index: number } as const;

/**
 * Every kind of event: its numbers by name (as records on the wire name them), what it is about, and the effect.
 * Sizes are whole block sizes, header included.
 */
export const eventSchema = {
  /** Free blocks looked at, and the block found or -1. */
  search: row({ searched: number, found: address, needed: number }),
  /** `addr` is the used part, `rest` the remainder, whichever is lower. */
  split: row(
    { addr: address, size: number, rest: address, restSize: number },
    ({ addr, size, rest, restSize }) => ({
      bytes: { from: Math.min(addr, rest), to: Math.max(addr + size, rest + restSize) },
      block: rest,
      header: rest,
    }),
    "split",
  ),
  allocate: row(blockFields, handedOver, "allocated"),
  free: row(blockFields, handedOver, "freed"),
  /** `addr` and `size` are those of the merged block. */
  coalesce: row({ addr: address, size: number, absorbed: address, absorbedSize: number }, changedBlock, "merged"),
  resize: row({ addr: address, size: number, oldSize: number, requested: number }, changedBlock, "resized"),
  /** Payloads: where it was, where it is, and the bytes copied. Only the new place is where the block is found. */
  move: row(
    { from: address, to: address, size: number },
    ({ from, to, size }) => ({ bytes: run(to, size), block: to, reads: run(from, size), writes: run(to, size) }),
    "moved",
  ),
  grow: row(
    { oldEnd: address, newEnd: address },
    ({ oldEnd, newEnd }) => ({ bytes: { from: oldEnd, to: newEnd }, block: oldEnd }),
    "grown",
  ),
  /** A growing heap gave memory back. */
  trim: row({ oldEnd: address, newEnd: address }, ({ oldEnd, newEnd }) => ({ bytes: { from: newEnd, to: oldEnd } })),
  /** `quarantined`: bytes in quarantine then. */
  "quarantine-enter": row({ addr: address, size: number, payload: address, quarantined: number }, ({ addr, size }) => ({
    bytes: run(addr, size),
  })),
  "quarantine-leave": row({ addr: address, size: number, quarantined: number }, ({ addr, size }) => ({
    bytes: run(addr, size),
  })),
  /** Blocks that were used, and the address of the first block. */
  reset: row({ used: number, addr: address }, ({ addr }) => ({ block: addr }), "freed"),
  "pool-allocate": row(poolBlockFields, fixedBlock, "allocated"),
  "pool-free": row(poolBlockFields, fixedBlock, "freed"),
  "pool-reset": row({ used: number }),
  "pool-grow": row({ oldCount: number, newCount: number }),
  /** `colour`: bytes by which its objects are shifted. */
  "slab-create": row({ addr: address, index: number, colour: number }),
  "slab-return": row({ addr: address, index: number }),
  /** Frame -1: the page gets one when it is touched. */
  map: row({ vpn: number, pfn: number, flags: number, space: number }, mapping, "mapped"),
  unmap: row({ vpn: number, pfn: number, space: number }, mapping, "unmapped"),
  protect: row(
    { vpn: number, flags: number, oldFlags: number, space: number },
    ({ vpn, space }) => ({ pages: page(vpn, space) }),
    "protected",
  ),
  /** Slot of the swap space, or -1 for a fresh page. */
  "page-in": row({ vpn: number, pfn: number, slot: number, space: number }, mapping, "mapped"),
  /** `written` is 1 when the page was written back; `space` is the owner's, the first one of a shared page. */
  evict: row({ vpn: number, pfn: number, slot: number, written: number, space: number }, mapping, "unmapped"),
  /** Another page of the frame that is evicted: shared pages leave together. */
  "page-out": row({ vpn: number, pfn: number, slot: number, space: number }, mapping, "unmapped"),
  "copy-page": row({ vpn: number, oldPfn: number, pfn: number, space: number }, ({ vpn, oldPfn, pfn, space }) => ({
    pages: page(vpn, space),
    frames: frames(oldPfn, pfn),
  })),
  /** Frame given up, and the frame that both pages share. */
  "merge-page": row({ pfn: number, into: number }, ({ pfn, into }) => ({ frames: frames(pfn, into) })),
  /** An entry of a page table written by hand; `addr` is its physical address. */
  "write-entry": row(
    { vpn: number, addr: address, space: number },
    ({ vpn, space }) => ({ pages: page(vpn, space) }),
    "protected",
  ),
  /** Ids of the address space left and of the one entered. */
  switch: row({ from: number, to: number }),
  translate: row(
    { va: address, pa: address },
    ({ va, pa }) => ({ translated: { virtual: va, physical: pa } }),
    "translated",
  ),
  /** References of an access to the caches, and the cycles that they took. */
  cache: row({ pa: address, size: number, references: number, cycles: number }),
  write: row(
    { addr: address, size: number },
    ({ addr, size }) => ({ bytes: run(addr, size), writes: { from: addr, to: addr + size } }),
    "written",
  ),
  read: row(
    { addr: address, size: number },
    ({ addr, size }) => ({ bytes: run(addr, size), reads: { from: addr, to: addr + size } }),
    "read",
  ),
};

export type EngineEventKind = keyof typeof eventSchema;

/** An event with its numbers by name. */
export type EngineEvent<Kind extends EngineEventKind = EngineEventKind> = {
  [Each in Kind]: { readonly kind: Each } & {
    readonly [Name in keyof (typeof eventSchema)[Each]["fields"]]: number;
  };
}[Kind];

export const engineEventKinds = Object.keys(eventSchema) as readonly EngineEventKind[];
const fieldNames = engineEventKinds.map((kind) => Object.keys(eventSchema[kind].fields));

const kindNumbers = new Map(engineEventKinds.map((kind, index) => [kind, index]));
/** The number by which hot code names a kind; look it up once, at module level. */
export function eventKindNumber(kind: EngineEventKind): number {
  return kindNumbers.get(kind)!;
}

/** What the event is about. */
export function scopeOf(event: EngineEvent): EventScope {
  // The row of a kind takes events of that kind, which the type of a union cannot say.
  return (eventSchema[event.kind] as { readonly about: (event: EngineEvent) => EventScope }).about(event);
}

/** What became of what the event is about; undefined when it only explains other events. */
export function effectOf(event: EngineEvent): EventEffect | undefined {
  return eventSchema[event.kind].effect;
}

/** The events of one kind, in order. */
export function eventsOf<Kind extends EngineEventKind>(
  events: readonly EngineEvent[],
  kind: Kind,
): readonly EngineEvent<Kind>[] {
  return events.filter((event) => event.kind === kind) as unknown as readonly EngineEvent<Kind>[];
}

/** Calls `visit` for each number of an event, in order. */
export function visitFields(
  event: EngineEvent,
  visit: (name: string, value: number, type: EventFieldType) => void,
): void {
  const values = event as unknown as Readonly<Record<string, number>>;
  for (const [name, type] of Object.entries<EventFieldType>(eventSchema[event.kind].fields)) {
    visit(name, values[name], type);
  }
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
    const kind = numbers[slot];
    const event: Record<string, unknown> = { kind: engineEventKinds[kind] };
    const names = fieldNames[kind];
    for (let field = 0; field < names.length; field++) event[names[field]] = numbers[slot + 1 + field];
    return event as unknown as EngineEvent;
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
