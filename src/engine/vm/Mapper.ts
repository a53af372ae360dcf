import { asFrameNumber, asPageNumber } from "../address";
import { eventKindNumber, type EventLog } from "../events";
import type { AddressSpace } from "./AddressSpace";
import type { AddressSpaces } from "./AddressSpaces";
import type { MapFailure, SpaceFailure, VirtualMemoryOptions } from "./contract";
import type { InvertedTable } from "./InvertedTable";
import type { Pager, PagerFailure } from "./Pager";
import type { PageTables } from "./PageTables";
import { hugeOrders, pageFlags, permissionMask } from "./tableFormats";
import type { Tlb } from "./Tlb";

const mapEvent = eventKindNumber("map");
const unmapEvent = eventKindNumber("unmap");
const protectEvent = eventKindNumber("protect");

const ok = { reason: "none" } as const;

/** Enters pages into address spaces and takes them out, and keeps tables, lookaside buffer and inverted table in step. */
export class Mapper {
  tlb: Tlb | null = null;
  /** While a page is taken away by the script itself, a lookaside buffer that is not coherent keeps it. */
  private keepsTranslation = false;

  constructor(
    private readonly options: VirtualMemoryOptions,
    private readonly spaces: AddressSpaces,
    private readonly pager: Pager,
    private readonly tables: PageTables,
    private readonly inverted: InvertedTable | null,
    private readonly log: EventLog,
  ) {}

  map(space: AddressSpace, vpn: number, flags: number, pfn: number | undefined, order: number): MapFailure {
    const { options, pager } = this;
    const span = 2 ** order;
    if (!isIndexBelow(vpn, options.pages) || vpn + span > options.pages) return { reason: "invalid-page" };
    if (order > 0 && !hugeOrders(options.format).includes(order)) return { reason: "no-huge-pages" };
    if (vpn % span !== 0 || (Number.isInteger(pfn) && pfn! % span !== 0)) return { reason: "misaligned", unit: span };
    const guard = space.areas.find(({ isGuard, from, to }) => isGuard && from < vpn + span && vpn < to);
    if (guard !== undefined) return { reason: "guard-page", region: guard.name };
    const present = coveringMapping(space, vpn, order);
    if (present >= 0) return { reason: "already-mapped", pfn: frameOrNull(pager.mappings.frame[present]) };
    const permissions = options.format.expressible(flags);
    if (pfn !== undefined) {
      const failure = this.whyNotFrame(pfn, span, flags);
      return failure ?? this.enter(space, vpn, permissions, pfn, order);
    }
    if (order === 0) return this.enter(space, vpn, permissions, -1, 0);
    const run = pager.frames.freeRun(span);
    return run < 0 ? { reason: "out-of-frames" } : this.enter(space, vpn, permissions, run, order);
  }

  /** Enters a page: present in the given frame, or in one that is found (with demand paging: at its first touch). */
  enter(space: AddressSpace, vpn: number, flags: number, frame: number, order: number): MapFailure {
    const { pager, tables, options } = this;
    const span = 2 ** order;
    // Taken before the tables, which take frames as well.
    const taken: number[] = [];
    for (let k = 0; frame >= 0 && k < span; k++) {
      if (pager.frames.isUsed(frame + k)) continue;
      pager.frames.take(frame + k);
      taken.push(frame + k);
    }
    if (!tables.prepare(space, vpn, order, frame)) {
      for (const back of taken) pager.frames.give(back);
      return { reason: failureOf(pager.lastFailure) };
    }
    const id = pager.mappings.add(space.id, vpn, flags, order);
    space.enter(vpn, order, id);
    tables.enter(space, id);
    let chosen = frame;
    if (chosen < 0 && !options.demand) {
      chosen = pager.takeFrame(space, vpn);
      if (chosen < 0) {
        this.drop(space, id);
        return { reason: failureOf(pager.lastFailure) };
      }
    }
    if (chosen >= 0) {
      pager.place(space, id, chosen);
      this.noteFrame(space, id);
    }
    this.log.push(mapEvent, vpn, chosen, flags & permissionMask, space.id);
    return ok;
  }

  unmap(space: AddressSpace, vpn: number): boolean {
    const id = space.mappingOf(vpn);
    if (id < 0) return false;
    const { mappings } = this.pager;
    this.log.push(unmapEvent, mappings.vpn[id], mappings.frame[id], space.id, 0);
    this.keepsTranslation = this.tlb?.options.coherent === false;
    this.drop(space, id);
    this.keepsTranslation = false;
    return true;
  }

  protect(space: AddressSpace, vpn: number, flags: number): boolean {
    const id = space.mappingOf(vpn);
    if (id < 0) return false;
    const { mappings } = this.pager;
    const old = mappings.flags[id];
    const permissions = this.options.format.expressible(flags & permissionMask) & permissionMask;
    this.setFlags(space, id, (old & ~permissionMask) | permissions);
    if (this.tlb?.options.coherent === true) this.tlb.invalidate(space.id, mappings.vpn[id], mappings.order[id]);
    this.log.push(protectEvent, vpn, permissions, old & permissionMask, space.id);
    return true;
  }

  /**
   * A child of the space with the same pages, none of which it has used yet. Pages that are not shared become copy-on-write
   * in both (Bach, The Design of the UNIX Operating System, 9.2.1.1): read-only ones too, since they may be made writable.
   * A shared page that nobody has touched gets its frame now, so that both have the same one.
   */
  fork(parent: AddressSpace, name: string): SpaceFailure {
    const { pager, tables } = this;
    const { mappings } = pager;
    const child = this.spaces.add(name, parent.quota);
    child.areas = parent.areas.map((area) => ({ ...area }));
    child.segments = parent.segments;
    for (const id of parent.mappings()) {
      if (!tables.prepare(child, mappings.vpn[id], mappings.order[id])) {
        const failure = failureOf(pager.lastFailure);
        this.end(child);
        return failure;
      }
      const flags = mappings.flags[id];
      if ((flags & pageFlags.shared) === 0) {
        this.setFlags(parent, id, flags | pageFlags.copyOnWrite);
        this.tlb?.invalidate(parent.id, mappings.vpn[id], mappings.order[id]);
      } else if (mappings.frame[id] < 0 && mappings.slot[id] < 0) {
        if (!pager.bringIn(parent, id)) {
          const failure = failureOf(pager.lastFailure);
          this.end(child);
          return failure;
        }
        this.noteFrame(parent, id);
        pager.refer(id, false);
      }
      this.share(child, id);
    }
    return "none";
  }

  /** Takes every page of a space away, and the space itself. */
  end(space: AddressSpace): void {
    for (const id of [...space.mappings()]) this.drop(space, id);
    this.tables.release(space);
    this.tlb?.flushSpace(space.id);
    this.spaces.remove(space);
  }

  /** A page has a frame now: its entry is written, also in the inverted table. */
  noteFrame(space: AddressSpace, id: number): void {
    const { mappings } = this.pager;
    this.tables.write(space, id);
    this.inverted?.enter(space.id, mappings.vpn[id], mappings.frame[id]);
  }

  /** A page left its frame: the lookaside buffer must forget the translation, unless the script itself forgot to say so. */
  noteLeave(space: AddressSpace, id: number, frame: number): void {
    const { mappings } = this.pager;
    const vpn = mappings.vpn[id];
    if (!this.keepsTranslation) this.tlb?.invalidate(space.id, vpn, mappings.order[id]);
    this.inverted?.leave(space.id, vpn, frame);
    this.tables.write(space, id);
  }

  /** Sets accessed and dirty bits as a processor does, and writes the entry again when that changes it. */
  markUsed(space: AddressSpace, id: number, isWrite: boolean): void {
    const { pager, tables } = this;
    const { mappings } = pager;
    const flags = mappings.flags[id];
    const wanted = pageFlags.accessed | (isWrite ? pageFlags.dirty : 0);
    if (isWrite) pager.noteWrite(mappings.frame[id]);
    if ((flags & wanted) === wanted) return;
    mappings.flags[id] = flags | wanted;
    if ((flags & pageFlags.accessed) === 0) tables.noteWalk(space, id);
    tables.write(space, id);
  }

  setFlags(space: AddressSpace, id: number, flags: number): void {
    this.pager.mappings.flags[id] = flags;
    this.tables.write(space, id);
  }

  /** Why pages cannot have these very frames, or null. */
  private whyNotFrame(pfn: number, span: number, flags: number): MapFailure | null {
    const { pager, options } = this;
    if (!isIndexBelow(pfn, options.frames) || pfn + span > options.frames) return { reason: "invalid-frame" };
    for (let k = 0; k < span; k++) {
      if (!pager.frames.isUsed(pfn + k)) continue;
      const holder = this.mappingOfFrame(pfn + k);
      const isPage = holder >= 0 && pager.mappings.order[holder] === 0;
      const canShare = span === 1 && (flags & pageFlags.shared) !== 0 && isPage;
      if (!canShare) {
        return { reason: "frame-in-use", vpn: holder < 0 ? null : asPageNumber(pager.mappings.vpn[holder]) };
      }
      if (this.inverted !== null) return { reason: "cannot-share" };
    }
    return null;
  }

  /** The latest mapping of the page or huge page that has the frame; -1 when a table has it, or nobody. */
  mappingOfFrame(frame: number): number {
    const { mappings } = this.pager;
    const first = mappings.first(frame);
    if (first >= 0) return first;
    for (const order of hugeOrders(this.options.format)) {
      const id = mappings.first(frame - (frame % 2 ** order));
      if (id >= 0 && mappings.order[id] === order) return id;
    }
    return -1;
  }

  /** Takes a page away for good: its entry, its frame or slot, and tables that are empty then. */
  private drop(space: AddressSpace, id: number): void {
    const { pager, tables } = this;
    const { mappings } = pager;
    pager.discard(space, id);
    tables.leave(space, id);
    space.leave(mappings.vpn[id], mappings.order[id]);
    mappings.remove(id);
  }

  /** A page of the parent is the child's too: the same frame or slot. */
  private share(child: AddressSpace, id: number): void {
    const { pager, tables } = this;
    const { mappings } = pager;
    const flags = mappings.flags[id] & ~(pageFlags.accessed | pageFlags.dirty);
    const copy = mappings.add(child.id, mappings.vpn[id], flags, mappings.order[id]);
    child.enter(mappings.vpn[id], mappings.order[id], copy);
    const slot = mappings.slot[id];
    if (mappings.frame[id] >= 0) pager.attach(child, copy, mappings.frame[id]);
    else if (slot >= 0) {
      mappings.slot[copy] = slot;
      pager.swap.addUser(slot);
    }
    tables.enter(child, copy);
  }
}

export function isIndexBelow(value: number, limit: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < limit;
}

export function frameOrNull(frame: number) {
  return frame < 0 ? null : asFrameNumber(frame);
}

export function failureOf(failure: PagerFailure): "out-of-frames" | "out-of-swap" {
  return failure === "out-of-swap" ? "out-of-swap" : "out-of-frames";
}

/** A mapping of the space that covers one of 2^order pages from vpn on, or -1. */
function coveringMapping(space: AddressSpace, vpn: number, order: number): number {
  const id = space.mappingOf(vpn);
  if (id >= 0 || order === 0) return id;
  const end = vpn + 2 ** order;
  for (const [page, found] of space.pages.entries(vpn)) {
    if (page < end) return found;
    break;
  }
  for (const [lower, pages] of space.huge) {
    for (const [k, found] of pages.entries(vpn / 2 ** lower)) {
      if (k * 2 ** lower < end) return found;
      break;
    }
  }
  return -1;
}
