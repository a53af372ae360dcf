import type { EngineEvent } from "../engine/events";
import type { StepRecord } from "../machine/records/records";
import type { ChangeKind } from "./model";

/** What the last step touched, by address for heaps and pools and by page number for the page table. */
export interface ChangeMarks {
  /** Marks on the block that begins (or whose payload begins) at the address. */
  readonly exact: ReadonlyMap<number, ChangeKind>;
  /** Marks on whatever block contains an address of the half-open range. */
  readonly touched: readonly { readonly from: number; readonly to: number; readonly kind: ChangeKind }[];
  /** No mark is outside of these addresses; half-open. */
  readonly bounds: { readonly from: number; readonly to: number };
  readonly pages: ReadonlyMap<number, ChangeKind>;
  /** Frames whose owner changed. */
  readonly frames: ReadonlySet<number>;
}

/** Operations whose byte events speak of virtual or physical memory, not of a heap's addresses. */
const virtualOperations = new Set(["load", "store", "access", "translate"]);

/** Later events of one step override earlier ones: a block split off and then handed out is `allocated`. */
export function changeMarks(record: StepRecord | undefined, pageSize = 0): ChangeMarks {
  const exact = new Map<number, ChangeKind>();
  const touched: { from: number; to: number; kind: ChangeKind }[] = [];
  const pages = new Map<number, ChangeKind>();
  const frames = new Set<number>();
  const virtual = record !== undefined && virtualOperations.has(record.op);
  for (const event of record?.events ?? []) {
    const kind = blockChange(event);
    if (kind !== null) exact.set(kind.address, kind.change);
    else if ((event.kind === "write" || event.kind === "read") && !virtual) {
      touched.push({ from: event.a, to: event.a + event.b, kind: event.kind === "write" ? "written" : "read" });
    } else if (event.kind === "map" || event.kind === "unmap") {
      pages.set(event.a, event.kind === "map" ? "mapped" : "unmapped");
      frames.add(event.b);
    } else if (event.kind === "page-in" || event.kind === "evict") {
      pages.set(event.a, event.kind === "page-in" ? "mapped" : "unmapped");
      frames.add(event.b);
    } else if (event.kind === "copy-page") frames.add(event.c);
    else if (event.kind === "merge-page") frames.add(event.a).add(event.b);
    else if (event.kind === "protect") pages.set(event.a, "protected");
    else if (event.kind === "translate" && pageSize > 0) pages.set(Math.floor(event.a / pageSize), "translated");
  }
  const starts = [...exact.keys(), ...touched.map(({ from }) => from)];
  const ends = [...Array.from(exact.keys(), (address) => address + 1), ...touched.map(({ to }) => to)];
  // Compaction marks more blocks than arguments fit into a call.
  const from = starts.reduce((left, right) => Math.min(left, right), Infinity);
  const to = ends.reduce((left, right) => Math.max(left, right), -Infinity);
  return { exact, touched, bounds: { from, to }, pages, frames };
}

function blockChange(event: EngineEvent): { readonly address: number; readonly change: ChangeKind } | null {
  switch (event.kind) {
    case "split":
      return { address: event.c, change: "split" };
    case "allocate":
    case "pool-allocate":
      return { address: event.a, change: "allocated" };
    case "free":
    case "pool-free":
      return { address: event.a, change: "freed" };
    case "coalesce":
      return { address: event.a, change: "merged" };
    case "resize":
      return { address: event.a, change: "resized" };
    case "move":
      return { address: event.b, change: "moved" };
    case "grow":
      return { address: event.a, change: "grown" };
    case "reset":
      return { address: event.b, change: "freed" };
    case "search":
    case "quarantine-enter":
    case "quarantine-leave":
    case "pool-reset":
    case "pool-grow":
    case "slab-create":
    case "slab-return":
    case "map":
    case "unmap":
    case "protect":
    case "page-in":
    case "evict":
    case "copy-page":
    case "merge-page":
    case "switch":
    case "translate":
    case "cache":
    case "write":
    case "read":
      return null;
  }
}

/** Whether the block is where there are marks: quick to tell, of very many blocks. */
export function mayBeMarked({ bounds }: ChangeMarks, address: number, size: number): boolean {
  return address + size > bounds.from && address < bounds.to;
}

/** The mark of a block; `payload` differs from `address` by its header. Exact marks win over touched ranges. */
export function markOf(marks: ChangeMarks, address: number, payload: number, size: number): ChangeKind | null {
  if (!mayBeMarked(marks, address, size)) return null;
  const exact = marks.exact.get(address) ?? marks.exact.get(payload);
  if (exact !== undefined) return exact;
  return marks.touched.find((range) => range.from < address + size && range.to > address)?.kind ?? null;
}
