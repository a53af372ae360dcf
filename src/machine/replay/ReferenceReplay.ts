import { CacheHierarchy } from "../../engine/cache/CacheHierarchy";
import type { CacheOptions, CacheStats, CacheTotals, Latencies } from "../../engine/cache/contract";
import { EventLog } from "../../engine/events";
import type { Future } from "../../engine/replacement/Future";
import { pageFlags, type AccessKind, type Fault, type VirtualMemoryStats } from "../../engine/vm/contract";
import { VirtualMemory } from "../../engine/vm/VirtualMemory";
import type { Format, ReferenceFormat } from "../../trace/format";
import type { TraceProblem } from "../../trace/problems";
import { ReferenceBatch } from "../../trace/references";
import type { TraceReading } from "../../trace/reading";
import { usualPageSize, type TraceRequest } from "../../trace/request";
import { TraceReader } from "../../trace/TraceReader";
import { walkAccesses } from "../access/caches";
import { policyMaker, type VmDeclaration } from "../verbs/vmDeclaration";
import type { RefusedReference } from "./refusals";

/** Maximum number of refused pages in the report. */
const mostRefused = 100;
/** By {@link referenceKind}; what modifies needs the permission to write. */
const accessKinds: readonly AccessKind[] = ["read", "write", "execute", "write"];

export interface ReferenceReplayOptions {
  /** The formats that the trace may have. */
  readonly formats: readonly ReferenceFormat[];
  /** What is known of the trace; the pages that it numbers are those of the vm. */
  readonly request?: TraceRequest;
  /** Null: the trace's addresses are physical. */
  readonly vm: VmDeclaration | null;
  /** In order from the processor on; none: no caches. */
  readonly caches: readonly CacheOptions[];
  readonly latencies: Latencies;
  /** Whether costs are counted where there is no cache. */
  readonly isTimed: boolean;
}

export interface ReferenceCounts {
  readonly reads: number;
  readonly writes: number;
  readonly executes: number;
  readonly modifies: number;
}

export interface ReferenceReport {
  /** Null when the trace was empty. */
  readonly format: Format<"references", ReferenceBatch> | null;
  /** How the trace was read; null when it was empty. */
  readonly reading: TraceReading | null;
  /** All references of the trace. */
  readonly references: number;
  readonly counts: ReferenceCounts;
  readonly vm: VirtualMemoryStats | null;
  readonly caches: Readonly<Record<string, CacheStats>>;
  readonly totals: CacheTotals | null;
  /** References that the vm refused, the first one of each page, and how many there were in all. */
  readonly refused: readonly RefusedReference[];
  readonly refusedCount: number;
  /** What is wrong with the trace's text. */
  readonly problems: readonly TraceProblem[];
  readonly problemCount: number;
}

/** One reference as it was replayed: what `--steps` prints. */
export interface ReplayedReference {
  /** From 1. */
  readonly step: number;
  /** 0-based line of the trace. */
  readonly line: number;
  readonly kind: number;
  readonly address: number;
  readonly size: number;
  /** Null when the vm refused it. */
  readonly physical: number | null;
  readonly faulted: boolean;
  readonly evicted: number | null;
  /** Cycles with walks and page faults; 0 without caches. */
  readonly cycles: number;
}

/**
 * Plays a trace of memory references, which comes in chunks of decompressed bytes, through a page table and caches. Every
 * page may be touched in every way, and gets a frame when it is touched first. A reference over the end of a page is one
 * for each page, unless one of them is refused: then none is touched. No input makes it throw, and nothing is allocated for a reference.
 */
export class ReferenceReplay {
  readonly vm: VirtualMemory | null;
  readonly caches: CacheHierarchy | null;
  private readonly log = new EventLog();
  private readonly reader: TraceReader<"references", ReferenceBatch>;
  private readonly batch: ReferenceBatch;
  private readonly counts = [0, 0, 0, 0];
  private readonly refused: RefusedReference[] = [];
  private readonly refusedPages = new Set<number>();
  private refusedCount = 0;
  private readonly pageSize: number;
  /** Memory accesses of a walk of the page table; all pages have the least size. */
  private readonly walk: number;
  private isFaulted = false;
  private evicted: number | null = null;

  /**
   * @param future of the pages of all references, for the policies that look ahead; see `PageCollector`
   * @param onReference is called for each reference; without it no object is made for any
   */
  constructor(
    private readonly options: ReferenceReplayOptions,
    future: Future | null = null,
    private readonly onReference: ((reference: ReplayedReference) => void) | null = null,
  ) {
    const { vm, caches, formats, request } = options;
    this.pageSize = vm?.options.pageSize ?? usualPageSize;
    this.walk = vm === null ? 0 : walkAccesses(vm.options, 0);
    this.batch = new ReferenceBatch(request?.modify === "twice");
    this.reader = new TraceReader(formats, { ...request, pageSize: this.pageSize, hasCaches: caches.length > 0 });
    this.caches = caches.length === 0 && !options.isTimed ? null : new CacheHierarchy(caches);
    this.vm = vm === null ? null : openVm(vm, this.log, future);
  }

  /** References replayed so far. */
  get references(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** Whether it is known to be no trace: the rest need not be read. */
  get isOver(): boolean {
    return this.reader.isOver;
  }

  feed(chunk: Uint8Array): void {
    this.reader.feed(chunk, this.batch);
    this.play();
  }

  /** Ends the trace. Call it once, after the last chunk. */
  finish(): ReferenceReport {
    this.reader.finish(this.batch);
    this.play();
    const { reader, refused, caches, vm } = this;
    const [reads, writes, executes, modifies] = this.counts;
    return {
      format: reader.format,
      reading: reader.reading,
      references: this.references,
      counts: { reads, writes, executes, modifies },
      vm: vm?.stats() ?? null,
      caches: Object.fromEntries((caches?.caches ?? []).map((cache) => [cache.options.name, cache.stats()])),
      totals: caches?.totals(this.options.latencies) ?? null,
      refused,
      refusedCount: this.refusedCount,
      problems: reader.problems,
      problemCount: reader.problemCount,
    };
  }

  private play(): void {
    const { batch, vm, caches, onReference } = this;
    const { kinds, addresses, sizes, lines } = batch;
    for (let k = 0; k < batch.length; k++) {
      const kind = kinds[k];
      this.counts[kind]++;
      const before = onReference === null ? 0 : this.cycles();
      let physical = addresses[k];
      if (vm !== null) physical = this.reference(vm, addresses[k], sizes[k], kind, lines[k]);
      else caches?.access(physical, sizes[k], kind);
      if (onReference === null) continue;
      onReference({
        step: this.references,
        line: lines[k],
        kind,
        address: addresses[k],
        size: sizes[k],
        physical: physical < 0 ? null : physical,
        faulted: this.isFaulted,
        evicted: this.evicted,
        cycles: this.cycles() - before,
      });
    }
    batch.clear();
  }

  /** Goes through the page table page by page; the physical address of the first byte, or -1 when the vm refuses. */
  private reference(vm: VirtualMemory, address: number, size: number, kind: number, line: number): number {
    const { caches, pageSize } = this;
    let first = -1;
    this.isFaulted = false;
    this.evicted = null;
    const isInPage = Math.floor(address / pageSize) === Math.floor((address + size - 1) / pageSize);
    const refusal = isInPage ? null : vm.refuse(address, size, accessKinds[kind]);
    if (refusal !== null) {
      this.refuse(refusal.fault, refusal.address, line);
      this.isFaulted = true;
      return -1;
    }
    for (let at = address; at < address + size;) {
      const end = Math.min(address + size, (Math.floor(at / pageSize) + 1) * pageSize);
      this.log.clear();
      const physical = vm.touch(at, accessKinds[kind]);
      if (physical < 0) {
        if (vm.fault !== null) this.refuse(vm.fault, at, line);
        this.isFaulted = true;
        return -1;
      }
      if (first < 0) first = physical;
      const { touched } = vm;
      if (touched.faulted) this.isFaulted = true;
      if (touched.evicted >= 0) this.evicted = touched.evicted;
      if (caches !== null) {
        if (touched.tlbHit !== null) caches.noteLookup();
        if (touched.tlbHit !== true) caches.noteWalk(this.walk);
        if (touched.faulted) caches.notePageFault();
        caches.access(physical, end - at, kind);
      }
      at = end;
    }
    return first;
  }

  /** Reports each refused page once. */
  private refuse({ reason }: Fault, address: number, line: number): void {
    const page = Math.floor(address / this.pageSize);
    this.refusedCount++;
    if (this.refusedPages.has(page) || this.refusedPages.size >= mostRefused) return;
    this.refusedPages.add(page);
    this.refused.push({ line, address, page, reason });
  }

  private cycles(): number {
    return this.caches?.totals(this.options.latencies).cycles ?? 0;
  }
}

/** A vm without bytes in which all pages may be touched. */
function openVm({ options, replacement, root }: VmDeclaration, log: EventLog, future: Future | null): VirtualMemory {
  const makePolicy = replacement === null ? null : policyMaker(replacement, options.frames, future);
  const vm = new VirtualMemory({ ...options, demand: true, bytes: false }, log, makePolicy);
  if (root !== undefined) vm.tables.placeRoot(vm.current, root);
  const flags = pageFlags.read | pageFlags.write | pageFlags.execute | pageFlags.user;
  vm.addRegion({ name: "trace", from: 0, to: options.pages, flags, growth: "none", lowest: 0, isGuard: false });
  return vm;
}
