import { pageFlags, type AccessKind } from "../../../../src/engine/vm/contract";
import type { NaivePolicy } from "./naivePolicies";
import { NaiveFrames, newFrame, zeros } from "./NaiveFrames";
import type { Entry, Frame, NaiveOptions, Process } from "./naiveTypes";

const { read, write, user, accessed, dirty, copyOnWrite, shared, global } = pageFlags;

export type Outcome = Record<string, unknown>;
type Failure = "out-of-frames" | "out-of-swap";
const tableKey = Number.MAX_SAFE_INTEGER;

/**
 * Paging restated with arrays, maps and scans. What a page holds is kept apart from where it is, so that no eviction, copy
 * or merge can lose it here.
 */
export class NaivePaging extends NaiveFrames {
  current: Process;
  private readonly common: NaivePolicy | null;
  private nextId = 0;
  hits = 0;
  faults = 0;
  merged = 0;

  constructor(options: NaiveOptions) {
    super(options);
    const { makePolicy, allocation } = options;
    this.common = allocation === "global" && makePolicy ? makePolicy(this) : null;
    this.current = this.create("main", Infinity);
  }

  create(name: string, quota: number): Process {
    const { allocation, makePolicy } = this.options;
    const isLocal = allocation === "local";
    const policy = isLocal ? (makePolicy?.(this) ?? null) : this.common;
    const process: Process = {
      id: this.nextId++,
      name,
      quota: isLocal ? quota : Infinity,
      pages: new Map(),
      tables: new Map(),
      policy,
    };
    this.processes.push(process);
    return process;
  }

  named(name: string): Process | undefined {
    return this.processes.find((process) => process.name === name);
  }

  switchTo(name: string): string {
    const process = this.named(name);
    if (!process) return "unknown";
    if (process !== this.current) this.tlb?.switchSpace();
    this.current = process;
    return "none";
  }

  fork(name: string): string {
    if (this.named(name)) return "exists";
    const parent = this.current;
    const child = this.create(name, parent.quota);
    for (const entry of inOrder(parent)) {
      const failure = this.makeTables(child, entry.vpn, null);
      if (failure) {
        this.end(child);
        return failure;
      }
      if ((entry.flags & shared) === 0) {
        entry.flags |= copyOnWrite;
        this.tlb?.invalidate(parent.id, entry.vpn);
      } else if (entry.frame === null && entry.slot === null) {
        const lack = this.bringIn(entry);
        if (lack) {
          this.end(child);
          return lack;
        }
        this.noteReference(entry, false);
      }
      const twin: Entry = { ...entry, process: child, flags: entry.flags & ~(accessed | dirty) };
      child.pages.set(entry.vpn, twin);
      if (entry.frame !== null) this.frameAt(entry.frame).entries.unshift(twin);
    }
    return "none";
  }

  exit(name: string): string {
    const process = this.named(name);
    if (!process) return "unknown";
    if (process === this.current) {
      const heir = this.processes.find((other) => other !== process);
      if (!heir) return "last";
      this.switchTo(heir.name);
    }
    this.end(process);
    return "none";
  }

  map(vpn: number, flags: number, frame: number | null): string {
    const { frames, pages } = this.options;
    const { current } = this;
    if (vpn >= pages) return "invalid-page";
    if (current.pages.has(vpn)) return "already-mapped";
    if (frame === null) return this.enter(vpn, flags, null);
    if (frame >= frames) return "invalid-frame";
    const there = this.frames[frame];
    if (there === "table" || (there !== null && (flags & shared) === 0)) return "frame-in-use";
    return this.enter(vpn, flags, frame);
  }

  unmap(vpn: number): boolean {
    const entry = this.current.pages.get(vpn);
    if (entry) this.drop(entry);
    return entry !== undefined;
  }

  protect(vpn: number, flags: number): boolean {
    const entry = this.current.pages.get(vpn);
    if (!entry) return false;
    entry.flags = (entry.flags & ~15) | flags;
    this.tlb?.invalidate(entry.process.id, vpn);
    return true;
  }

  /** One reference; `kind` null is a walk that asks nothing and sets nothing. */
  access(vpn: number, offset: number, kind: AccessKind | null): Outcome {
    const { pages, pageSize, demand } = this.options;
    const fail = (reason: string, more: Outcome = {}): Outcome => {
      this.faults++;
      return { reason, vpn, ...more };
    };
    if (vpn >= pages) return fail("invalid-page");
    this.time = this.hits + this.faults;
    this.evicted = null;
    const { current } = this;
    if (current.policy?.timed) this.advance(current.policy);
    let entry = current.pages.get(vpn);
    const absent = !entry || entry.frame === null;
    let tlbHit: boolean | null = null;
    if (this.tlb) {
      if (absent) this.tlb.misses++;
      tlbHit = !absent && this.tlb.lookup(current.id, vpn);
    }
    const forbids = (flags: number): boolean => kind !== null && (flags & pageFlags[kind]) === 0;
    if (!entry) {
      if (!demand) return fail("page-fault");
      const flags = read | write | user;
      if (forbids(flags)) return fail("protection-fault", { flags });
      const entered = this.enter(vpn, flags, null);
      if (entered !== "none") return fail(entered);
      entry = current.pages.get(vpn)!;
      const failure = this.bringIn(entry);
      if (failure) {
        this.drop(entry);
        return fail(failure);
      }
    }
    if (forbids(entry.flags)) return fail("protection-fault", { flags: entry.flags });
    if (entry.frame === null) {
      const failure = this.bringIn(entry);
      if (failure) return fail(failure);
    }
    let copied = false;
    if (kind === "write" && (entry.flags & copyOnWrite) !== 0) {
      const source = this.frameAt(entry.frame!);
      if (source.entries.length > 1) {
        const failure = this.copy(entry);
        if (failure) return fail(failure);
        copied = true;
      } else this.leaveSlot(source, this.dirty(entry.frame!));
      entry.flags &= ~copyOnWrite;
      if (this.othersWith(entry).length > 0) entry.content = { bytes: [...entry.content.bytes] };
    }
    if (kind !== null) entry.flags |= accessed;
    if (kind === "write") {
      entry.flags |= dirty;
      const { slot } = this.frameAt(entry.frame!);
      if (slot !== null && this.usersOf(slot) === 0) this.forgetSlot(this.frameAt(entry.frame!));
    }
    this.noteReference(entry, kind !== null);
    if (tlbHit === false || (copied && tlbHit !== null))
      this.tlb?.insert(current.id, vpn, (entry.flags & global) !== 0);
    if (absent || copied) this.faults++;
    else this.hits++;
    const physical = entry.frame! * pageSize + offset;
    return { reason: "none", vpn, physical, faulted: absent, ...this.eviction(), tlbHit, copied };
  }

  private eviction(): Outcome {
    const { evicted, evictedFrom } = this;
    return { evicted, evictedFrom: evicted === null ? null : evictedFrom };
  }

  /** What the program does after a write access that succeeded. */
  store(vpn: number, offset: number, byte: number): void {
    this.current.pages.get(vpn)!.content.bytes[offset] = byte;
  }

  merge(): number {
    const kept: number[] = [];
    let given = 0;
    for (let frame = 0; frame < this.frames.length; frame++) {
      const here = this.frames[frame];
      if (here === null || here === "table") continue;
      if (here.entries.some(({ flags }) => (flags & shared) !== 0)) continue;
      if (here.slot !== null && this.usersOf(here.slot) > 0) continue;
      const bytes = String(here.entries[0].content.bytes);
      const same = kept.find((other) => String(this.frameAt(other).entries[0].content.bytes) === bytes);
      if (same === undefined) {
        kept.push(frame);
        continue;
      }
      const target = this.frameAt(same);
      for (const entry of target.entries) entry.flags |= copyOnWrite;
      for (const entry of [...here.entries]) {
        this.detach(entry);
        entry.flags = (entry.flags | copyOnWrite) & ~(accessed | dirty);
        entry.frame = same;
        target.entries.unshift(entry);
      }
      for (const entry of target.entries) this.tlb?.invalidate(entry.process.id, entry.vpn);
      given++;
    }
    this.merged += given;
    return given;
  }

  stats(): Outcome {
    const { hits, faults, evictions, copies, swap } = this;
    const { pages, pageSize, levels } = this.options;
    const tables = this.processes.reduce((sum, process) => sum + process.tables.size, 0);
    const usedFrames = this.frames.filter((frame) => frame !== null).length;
    return {
      ...{ references: hits + faults, hits, faults, evictions, copies, ...swap.stats() },
      tlbHits: this.tlb?.hits ?? 0,
      tlbMisses: this.tlb?.misses ?? 0,
      mergedPages: this.merged,
      usedFrames,
      freeFrames: this.frames.length - usedFrames,
      tableBytes: levels === 1 ? this.processes.length * pages * 4 : tables * pageSize,
    };
  }

  private enter(vpn: number, flags: number, frame: number | null): string {
    const { current } = this;
    const isShare = frame !== null && this.frames[frame] !== null;
    // The frame is not to be had by a table meanwhile.
    if (frame !== null && !isShare) this.frames[frame] = newFrame();
    const failure = this.makeTables(current, vpn, frame);
    if (failure) {
      if (frame !== null && !isShare) this.frames[frame] = null;
      return failure;
    }
    const content = { bytes: zeros(this.options.pageSize) };
    const entry: Entry = { process: current, vpn, flags, wasEvicted: false, frame: null, slot: null, content };
    current.pages.set(vpn, entry);
    let chosen = frame;
    if (chosen === null && !this.options.demand) {
      const taken = this.takeFrame(current, this.keyOf(entry), null);
      if (typeof taken === "string") {
        this.drop(entry);
        return taken;
      }
      this.frames[taken] = newFrame();
      chosen = taken;
    }
    if (chosen === null) return "none";
    const there = this.frameAt(chosen);
    if (there.entries.length > 0) this.join(entry, there);
    else if (current.policy === null) entry.content.bytes = [...this.leftovers[chosen]];
    entry.frame = chosen;
    there.entries.unshift(entry);
    if (there.entries.length === 1) this.hold(entry);
    return "none";
  }

  /** Who maps a frame by hand to share it sees and changes the bytes of all its pages, those that are swapped out too. */
  private join(entry: Entry, there: Frame): void {
    const waiting = this.entries().filter(({ slot }) => slot !== null && slot === there.slot);
    const old = new Set([...there.entries, ...waiting].map(({ content }) => content));
    entry.content = there.entries[0].content;
    for (const other of this.entries()) if (old.has(other.content)) other.content = entry.content;
  }

  private end(process: Process): void {
    for (const entry of inOrder(process)) this.drop(entry);
    for (const frame of process.tables.values()) this.frames[frame] = null;
    this.tlb?.flushSpace(process.id);
    this.processes = this.processes.filter((other) => other !== process);
  }

  private drop(entry: Entry): void {
    const { process, slot } = entry;
    entry.slot = null;
    if (slot !== null) this.swap.release(slot);
    if (entry.frame !== null) this.detach(entry);
    process.pages.delete(entry.vpn);
    for (const [key, frame] of [...process.tables]) {
      const [level, part] = key.split(":").map(Number);
      const isUsed = [...process.pages.keys()].some((vpn) => this.partOf(vpn, level) === part);
      if (level === 0 || isUsed) continue;
      process.tables.delete(key);
      this.frames[frame] = null;
    }
  }

  private partOf(vpn: number, level: number): number {
    return Math.floor(vpn / 4 ** (this.options.levels - level));
  }

  private makeTables(process: Process, vpn: number, pinned: number | null): Failure | null {
    const { levels } = this.options;
    if (levels === 1) return null;
    const made: string[] = [];
    for (let level = 0; level < levels; level++) {
      const key = `${level}:${this.partOf(vpn, level)}`;
      if (process.tables.has(key)) continue;
      const highest = this.frames.lastIndexOf(null);
      const frame = highest >= 0 ? highest : this.takeFrame(process, tableKey, pinned);
      if (typeof frame === "string") {
        for (const made1 of made) {
          this.frames[process.tables.get(made1)!] = null;
          process.tables.delete(made1);
        }
        return frame;
      }
      this.frames[frame] = "table";
      process.tables.set(key, frame);
      made.push(key);
    }
    return null;
  }
}

export function inOrder({ pages }: Process): Entry[] {
  return [...pages.values()].sort((a, b) => a.vpn - b.vpn);
}
