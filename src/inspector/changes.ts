import { effectOf, scopeOf } from "../engine/events";
import type { VirtualMemoryReader } from "../engine/vm/VirtualMemoryReader";
import { describeVerb } from "../language/vocabulary/vocabulary";
import type { StepRecord } from "../machine/records/records";
import type { ChangeKind } from "./model";

/** The address space in view. */
interface ViewedPages {
  readonly space: number;
  readonly pageSize: number;
}

/** The address space that runs. */
export function viewedPages(vm: VirtualMemoryReader | null): ViewedPages | null {
  return vm === null ? null : { space: vm.current.id, pageSize: vm.options.pageSize };
}

/** What the last step touched, by address for heaps and pools and by page number for the page table. */
export interface ChangeMarks {
  /** Marks on the block that begins (or whose payload begins) at the address. */
  readonly exact: ReadonlyMap<number, ChangeKind>;
  /** Marks on whatever block contains an address of the half-open range. */
  readonly touched: readonly { readonly from: number; readonly to: number; readonly kind: ChangeKind }[];
  /** No mark is outside of these addresses; half-open. */
  readonly bounds: { readonly from: number; readonly to: number };
  /** Pages of the address space in view. */
  readonly pages: ReadonlyMap<number, ChangeKind>;
  /** Frames whose owner changed. */
  readonly frames: ReadonlySet<number>;
}

/** Later events of one step override earlier ones: a block split off and then handed out is `allocated`. */
export function changeMarks(record: StepRecord | undefined, vm: ViewedPages | null = null): ChangeMarks {
  const exact = new Map<number, ChangeKind>();
  const touched: { from: number; to: number; kind: ChangeKind }[] = [];
  const pages = new Map<number, ChangeKind>();
  const frames = new Set<number>();
  // The bytes of these verbs are virtual or physical memory, whose addresses have nothing to do with those of a heap.
  const virtual = record !== undefined && describeVerb(record.op)?.area === "vm";
  for (const event of record?.events ?? []) {
    const effect = effectOf(event);
    const scope = scopeOf(event);
    for (const frame of scope.frames ?? []) frames.add(frame);
    if (effect === undefined) continue;
    if (scope.block !== undefined) exact.set(scope.block, effect);
    else if (scope.bytes !== undefined && !virtual) touched.push({ ...scope.bytes, kind: effect });
    if (vm === null) continue;
    if (scope.pages?.space === vm.space) {
      for (let vpn = scope.pages.from; vpn < scope.pages.to; vpn++) pages.set(vpn, effect);
    }
    if (scope.translated !== undefined) pages.set(Math.floor(scope.translated.virtual / vm.pageSize), effect);
  }
  const starts = [...exact.keys(), ...touched.map(({ from }) => from)];
  const ends = [...Array.from(exact.keys(), (address) => address + 1), ...touched.map(({ to }) => to)];
  // Compaction marks more blocks than arguments fit into a call.
  const from = starts.reduce((left, right) => Math.min(left, right), Infinity);
  const to = ends.reduce((left, right) => Math.max(left, right), -Infinity);
  return { exact, touched, bounds: { from, to }, pages, frames };
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
