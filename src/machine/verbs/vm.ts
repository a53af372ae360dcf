import { toHex } from "../../engine/address";
import { pageFlags, type MapFailure, type PageTableEntry, type Touch } from "../../engine/vm/contract";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import { hugeOrders } from "../../engine/vm/tableFormats";
import { sayCount, say, series, type Phrase } from "../../language/phrases";
import { permissionBits, permissionLetters } from "../problems/flags";
import { frameCount } from "../stories/counts";
import type { Executors, Step } from "../step/Step";

/** The vm; null when there is none, which is reported. */
export function neededVm(step: Step): VirtualMemory | null {
  if (step.world.vm === null) {
    step.raise("bad-operand", { kind: "no-vm", verb: step.statement.verb });
  }
  return step.world.vm;
}

/** What `shared=` and `global=` of a mapping ask for. */
function mappingFlags(step: Step): number {
  const isOn = (name: string): boolean => step.word(step.option(name)) === "on";
  return (isOn("shared") ? pageFlags.shared : 0) | (isOn("global") ? pageFlags.global : 0);
}

/** The size that `huge=` asks for, as a power of two of pages; null when there is no such page, which is reported. */
function hugeOrder(step: Step, vm: VirtualMemory): number | null {
  const size = step.wholeOption("huge", 1);
  if (size === undefined || size === null) return size === null ? null : 0;
  const { format, pageSize } = vm.options;
  const orders = hugeOrders(format);
  const order = orders.find((candidate) => pageSize * 2 ** candidate === size);
  if (order !== undefined) return order;
  const sizes = orders.map((candidate) => pageSize * 2 ** candidate);
  step.raise("bad-operand", { kind: "huge-page", format: format.name, size, sizes });
  return null;
}

/** `map VPN -> PFN [flags]` and `map RANGE [flags]`. */
function map(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const flags = permissionBits(step.word(step.operand("flags")) ?? "rwu") | mappingFlags(step);
  if (step.operand("page") !== undefined) {
    const page = step.whole(step.operand("page"), "page number", 0);
    const frame = step.whole(step.operand("frame"), "frame number", 0);
    if (page === null || frame === null) return;
    const order = hugeOrder(step, vm);
    if (order === null) return;
    const outcome = vm.map(page, flags, frame, order);
    if (outcome.reason !== "none") reportMap(step, vm, page, outcome, frame);
    else step.tell(() => say("Mapped page {0} to frame {1} with {2}.", page, frame, permissionLetters(flags)));
    return;
  }
  const range = pageRange(step);
  if (range === null) return;
  const order = hugeOrder(step, vm);
  if (order === null || tooManyPages(step, vm, (range.to - range.from) / 2 ** order)) return;
  let mapped = 0;
  for (let page = range.from; page < range.to; page += 2 ** order) {
    const outcome = vm.map(page, flags, undefined, order);
    if (outcome.reason === "none") mapped++;
    else {
      reportMap(step, vm, page, outcome);
      if (outcome.reason !== "already-mapped" || step.problems.length >= 10) break;
    }
  }
  step.tell(() =>
    sayCount(
      mapped,
      "Mapped {0} page with {1}; {2} free.",
      "Mapped {0} pages with {1}; {2} free.",
      permissionLetters(flags),
      frameCount(vm.freeFrames),
    ),
  );
}

/** Whether demand paging would let a script have more pages than the limit, which is reported: they cost no frames. */
export function tooManyPages(step: Step, vm: VirtualMemory, more: number): boolean {
  if (!vm.options.demand) return false;
  const all = vm.spaces.reduce((sum, { mapped }) => sum + mapped, more);
  if (all <= step.limits.blocks) return false;
  step.exceed("blocks", { kind: "pages", count: all });
  return true;
}

function reportMap(step: Step, vm: VirtualMemory, page: number, failure: MapFailure, frame?: number): void {
  const { frames, pages, swapSlots } = vm.options;
  switch (failure.reason) {
    case "already-mapped":
      step.raise("already-mapped", { page, frame: failure.pfn });
      return;
    case "frame-in-use":
      step.raise("frame-in-use", { kind: "held", frame: frame ?? 0, page, holder: failure.vpn });
      return;
    case "invalid-frame":
      step.raise("invalid-frame", { frame: frame ?? 0, frames });
      return;
    case "guard-page":
      step.raise("guard-page", { kind: "map", guard: failure.region, page });
      return;
    case "invalid-page":
      step.raise("bad-operand", { kind: "no-page", page, pages });
      return;
    case "misaligned":
      step.raise("unaligned-page", { page, frame: frame ?? null, unit: failure.unit });
      return;
    case "no-huge-pages":
      step.raise("bad-operand", { kind: "huge-page", format: vm.options.format.name, size: null, sizes: [] });
      return;
    case "cannot-share":
      step.raise("frame-in-use", { kind: "not-shared", frame: frame ?? 0 });
      return;
    case "out-of-frames":
      step.raise("out-of-frames", { kind: "map", page, frames });
      return;
    case "out-of-swap":
      step.raise("out-of-swap", { kind: "map", page, slots: swapSlots });
      return;
    case "none":
  }
}

export interface PageRange {
  readonly from: number;
  readonly to: number;
}

/** The pages of a range operand, half-open, or one page. */
export function pageRange(step: Step): PageRange | null {
  const operand = step.operand("pages");
  if (operand?.kind !== "range") {
    const page = step.whole(operand, "page number", 0);
    return page === null ? null : { from: page, to: page + 1 };
  }
  const from = step.evaluate(operand.from);
  const to = step.evaluate(operand.to);
  if (from === null || to === null) return null;
  if (!step.isWhole(from.value, "first page", 0, operand.from.span)) return null;
  if (!step.isWhole(to.value, "end of pages", 0, operand.to.span)) return null;
  if (to.value > from.value) return { from: from.value, to: to.value };
  step.raise("bad-operand", { kind: "empty-range", from: from.value, to: to.value }, { span: operand.span });
  return null;
}

/** Entries of the current space that cover a page of the range, ascending. O(range) or O(mapped pages), whichever is less. */
function* entriesIn(vm: VirtualMemory, { from, to }: PageRange): Generator<PageTableEntry, void, undefined> {
  if (to - from > 4 * vm.mappedPages + 16) {
    for (const entry of vm.entries()) if (entry.vpn < to && from < endOf(entry)) yield entry;
    return;
  }
  for (let page = from; page < to;) {
    const entry = vm.entry(page);
    if (entry !== undefined) yield entry;
    page = entry === undefined ? page + 1 : endOf(entry);
  }
}

/** One past the last page of the entry: a huge page spans several. */
function endOf({ vpn, order }: PageTableEntry): number {
  return vpn + 2 ** order;
}

/** The parts of a range that none of the entries, which are ascending, covers. */
function gapsIn({ from, to }: PageRange, entries: readonly PageTableEntry[]): PageRange[] {
  const gaps: PageRange[] = [];
  let next = from;
  for (const entry of entries) {
    if (entry.vpn > next) gaps.push({ from: next, to: entry.vpn });
    next = endOf(entry);
  }
  return next < to ? [...gaps, { from: next, to }] : gaps;
}

/**
 * Does something with each entry that covers a page of the statement's range; pages without one are one problem. A huge
 * page has one entry, so it is taken as a whole where the range covers a part of it.
 */
function eachMapped(step: Step, vm: VirtualMemory, act: (vpn: number) => void): Acted | null {
  const range = pageRange(step);
  if (range === null) return null;
  const entries = [...entriesIn(vm, range)];
  const gaps = gapsIn(range, entries);
  if (gaps.length > 0) {
    const missing = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
    step.raise("not-mapped", { operation: step.statement.verb, page: gaps[0].from, more: missing - 1 });
  }
  for (const { vpn } of entries) act(vpn);
  const reaching = entries.find((entry) => entry.vpn < range.from || endOf(entry) > range.to) ?? null;
  return { count: entries.length, reaching };
}

interface Acted {
  /** Entries that were changed. */
  readonly count: number;
  /** The first of them that is not wholly in the range. */
  readonly reaching: PageTableEntry | null;
}

/** `unmap RANGE`. */
function unmap(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const acted = eachMapped(step, vm, (page) => void vm.unmap(page));
  if (acted === null) return;
  step.tell(() => {
    const free = frameCount(vm.freeFrames);
    const done = sayCount(acted.count, "Unmapped {0} page; {1} free.", "Unmapped {0} pages; {1} free.", free);
    return series([done, asAWhole(acted)]);
  });
}

/** `protect RANGE FLAGS`. */
function protect(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const flags = permissionBits(step.word(step.operand("flags")) ?? "");
  const acted = eachMapped(step, vm, (page) => void vm.protect(page, flags));
  if (acted === null) return;
  step.tell(() => {
    const letters = permissionLetters(flags);
    const done = sayCount(acted.count, "{0} page now permits {1}.", "{0} pages now permit {1}.", letters);
    return series([done, asAWhole(acted)]);
  });
}

/** What happened to a huge page that the range covers in part; empty without one. */
function asAWhole({ reaching }: Acted): Phrase {
  if (reaching === null) return "";
  const { vpn, order } = reaching;
  return say("Page {0} is a huge page: its one entry covers {1} pages, and all of them changed.", vpn, 2 ** order);
}

/** "0x1010 is page 1, offset 16; the page is in frame 20: physical 0x14010, after a fault that evicted page 3." */
export function translationStory(vm: VirtualMemory, address: number, physical: number, touch: Touch): Phrase {
  const { pageSize, paging } = vm.options;
  if (!paging) return say("{0} is physical {1}.", toHex(address), toHex(physical));
  const page = Math.floor(address / pageSize);
  const entry = vm.entry(page);
  const frame = Math.floor(physical / pageSize);
  const facts = [toHex(address), page, address % pageSize, frame, toHex(physical), touchPhrase(vm, touch)];
  return entry !== undefined && entry.order > 0
    ? say(
        "{0} is page {1} of a huge page of {6} pages, offset {2}; the page is in frame {3}: physical {4}{5}.",
        ...facts,
        2 ** entry.order,
      )
    : say("{0} is page {1}, offset {2}; the page is in frame {3}: physical {4}{5}.", ...facts);
}

/** ", after a TLB miss and a page fault": what a reference went through; empty when nothing. */
function touchPhrase(vm: VirtualMemory, { faulted, evicted, evictedFrom, copied, tlbHit }: Touch): Phrase {
  const owner = vm.spaces.find((space) => space.id === evictedFrom && space !== vm.current);
  const fault =
    evicted === null
      ? say("a page fault")
      : owner === undefined
        ? say("a page fault that evicted page {0}", evicted)
        : say("a page fault that evicted page {0} of `{1}`", evicted, owner.name);
  const events = series(
    [
      tlbHit === null ? "" : tlbHit ? say("a TLB hit") : say("a TLB miss"),
      faulted ? fault : "",
      copied ? say("a copy of the shared page") : "",
    ],
    "and",
  );
  return events === "" ? "" : say(", after {0}", events);
}

export const mappingExecutors: Executors = { map, unmap, protect };
