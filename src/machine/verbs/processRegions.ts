import type { AddressSpace } from "../../engine/vm/AddressSpace";
import { sayCount, say, series } from "../../language/phrases";
import { pageFlags } from "../../engine/vm/contract";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import { permissionBits, permissionLetters } from "../problems/flags";
import { pageCount } from "../stories/counts";
import type { Executors, Step } from "../step/Step";
import { neededVm, pageRange } from "./vm";

const { read, write, execute, user } = pageFlags;

/**
 * The address space of a process as textbooks draw it (OSTEP chapter 13; Silberschatz, figure 9.2), cut by shares of the
 * whole: page 0 reserved, text, data, a heap that grows up, a place for mappings, a stack that grows down, the kernel.
 */
export function addClassicLayout(vm: VirtualMemory, space: AddressSpace = vm.current): void {
  const { pages } = vm.options;
  const at = (sixteenths: number): number => Math.max(1, Math.floor((pages * sixteenths) / 16));
  const least = (from: number, count: number): number => Math.min(from + count, pages);
  const text = 1;
  const data = Math.max(text + 1, at(1));
  const heap = Math.max(data + 1, at(2));
  const kernel = at(12);
  const areas = [
    { name: "null", from: 0, to: 1, flags: 0, growth: "none", isGuard: true },
    { name: "text", from: text, to: data, flags: read | execute | user, growth: "none", isGuard: false },
    { name: "data", from: data, to: heap, flags: read | write | user, growth: "none", isGuard: false },
    { name: "heap", from: heap, to: least(heap, 1), flags: read | write | user, growth: "up", isGuard: false },
    { name: "mmap", from: at(7), to: at(8), flags: read | write | user, growth: "none", isGuard: false },
    { name: "stack", from: kernel - 1, to: kernel, flags: read | write | user, growth: "down", isGuard: false },
    { name: "kernel", from: kernel, to: pages, flags: read | write, growth: "none", isGuard: false },
  ] as const;
  for (const area of areas) {
    if (area.from >= area.to || !space.isClear(area.from, area.to)) continue;
    space.addArea({ ...area, lowest: area.name === "stack" ? at(8) : area.from });
  }
}

/** `region NAME RANGE [flags] [grow=] [limit=]`. */
function declareRegion(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const range = pageRange(step);
  const limit = step.wholeOption("limit", 1);
  if (range === null || limit === null) return;
  const grow = step.word(step.option("grow"));
  const lowest = grow === "down" ? Math.max(0, range.to - (limit ?? Infinity)) : range.from;
  const flags = permissionBits(step.word(step.operand("flags")) ?? "rwu");
  const growth = grow === "up" || grow === "down" ? grow : "none";
  if (!addRegion(step, vm, { ...range, flags, growth, lowest, isGuard: false })) return;
  step.tell(() => {
    const name = step.word(step.operand("name")) ?? "";
    return say("Area `{0}`: {1}, permits {2}.", name, pageCount(range.to - range.from), permissionLetters(flags));
  });
}

/** `guard NAME RANGE`. */
function declareGuard(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const range = pageRange(step);
  if (range === null) return;
  const { mapped } = vm.current;
  if (!addRegion(step, vm, { ...range, flags: 0, growth: "none", lowest: range.from, isGuard: true })) return;
  const taken = mapped - vm.current.mapped;
  step.tell(() => {
    const guarded = pageCount(range.to - range.from);
    return series([
      say(
        "Guard `{0}`: an access to the {1} from page {2} is an error.",
        step.word(step.operand("name")) ?? "",
        guarded,
        range.from,
      ),
      taken === 0
        ? ""
        : sayCount(
            taken,
            "{0} mapped page was removed with its bytes.",
            "{0} mapped pages were removed with their bytes.",
          ),
    ]);
  });
}

/** `grow NAME PAGES`. */
function growRegion(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const name = step.word(step.operand("name")) ?? "";
  const count = step.number("count");
  if (count === null) return;
  if (!Number.isSafeInteger(count)) {
    step.raise("bad-operand", { kind: "page-count", value: count });
    return;
  }
  const area = vm.current.areaNamed(name);
  if (area === undefined) {
    const known = vm.current.areas.map((other) => other.name);
    step.raise("unknown-name", { kind: "area", process: vm.current.name, name, known });
    return;
  }
  if (!vm.growRegion(name, count)) {
    step.raise("bad-operand", { kind: "growth", area: name, pages: count });
    return;
  }
  step.tell(() => say("Area `{0}` now has the pages {1} to {2}.", name, area.from, area.to - 1));
}

type NewRegion = Omit<Parameters<VirtualMemory["addRegion"]>[0], "name">;

function addRegion(step: Step, vm: VirtualMemory, region: NewRegion): boolean {
  const name = step.word(step.operand("name")) ?? "";
  const { pages } = vm.options;
  if (region.to > pages) {
    step.raise("bad-operand", { kind: "area-too-high", pages, end: region.to });
    return false;
  }
  if (vm.addRegion({ name, ...region })) return true;
  const other = vm.current.areas.find(({ from, to }) => from < region.to && region.from < to);
  if (other === undefined) step.raise("bad-operand", { kind: "area-exists", process: vm.current.name, area: name });
  else {
    const facts = { area: name, other: other.name, first: other.from, last: other.to - 1 };
    step.raise("bad-operand", { kind: "area-overlap", ...facts });
  }
  return false;
}

export const processRegionExecutors: Executors = { region: declareRegion, guard: declareGuard, grow: growRegion };
