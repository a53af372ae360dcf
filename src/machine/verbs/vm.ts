import { toHex } from "../../engine/address";
import { virtualMemoryOptions } from "../../engine/vm/defaults";
import { VirtualMemory } from "../../engine/vm/VirtualMemory";
import type { MapFailure, VirtualMemoryContract } from "../../engine/vm/contract";
import { permissionBits, permissionLetters } from "../problems/flags";
import { bytes, plural } from "../problems/wording";
import type { Step } from "../Step";

const defaults = { page: 4096, frames: 256, pages: 2 ** 20 } as const;

/** `vm page=4KiB frames=100`. */
export function declareVm(step: Step): void {
  const { limits, world } = step;
  if (world.vm !== null) {
    step.raise("bad-operand", { message: "There is a `vm` already; a script has one." });
    return;
  }
  const pageSize = step.wholeOption("page", 1);
  const frames = step.wholeOption("frames", 1);
  const pages = step.wholeOption("pages", 1);
  if (pageSize === null || frames === null || pages === null) return;
  const options = {
    pageSize: pageSize ?? defaults.page,
    frames: frames ?? defaults.frames,
    pages: pages ?? defaults.pages,
  };
  if (options.frames > limits.blocks) {
    step.exceed("blocks", `${options.frames} frames are too many`);
    return;
  }
  const isTooWide = options.pages * options.pageSize > Number.MAX_SAFE_INTEGER;
  if (isTooWide || options.frames * options.pageSize > Number.MAX_SAFE_INTEGER) {
    step.raise("bad-operand", { message: "The address space would end beyond the address 2^53 - 1." });
    return;
  }
  world.vm = new VirtualMemory(virtualMemoryOptions(options), world.log);
  step.story = `Virtual memory of ${plural(options.pages, "page")} of ${bytes(options.pageSize)} over ${plural(options.frames, "frame")}.`;
}

/** The vm; null when there is none, which is reported. */
export function neededVm(step: Step): VirtualMemoryContract | null {
  if (step.world.vm === null) {
    step.raise("bad-operand", {
      message: `\`${step.statement.verb}\` needs a page table; declare one with a \`vm\` line first.`,
    });
  }
  return step.world.vm;
}

/** `map VPN -> PFN [flags]` and `map RANGE [flags]`. */
export function map(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const flags = permissionBits(step.word(step.operand("flags")) ?? "rwu");
  if (step.operand("page") !== undefined) {
    const page = step.whole(step.operand("page"), "The page number", 0);
    const frame = step.whole(step.operand("frame"), "The frame number", 0);
    if (page === null || frame === null) return;
    const outcome = vm.map(page, flags, frame);
    if (outcome.reason !== "none") reportMap(step, vm, page, outcome, frame);
    else step.story = `Page ${page} is in frame ${frame} now, with ${permissionLetters(flags)}.`;
    return;
  }
  const range = pageRange(step);
  if (range === null) return;
  let mapped = 0;
  for (let page = range.from; page < range.to; page++) {
    const outcome = vm.map(page, flags);
    if (outcome.reason === "none") mapped++;
    else {
      reportMap(step, vm, page, outcome);
      if (outcome.reason !== "already-mapped" || step.problems.length >= 10) break;
    }
  }
  step.story = `${plural(mapped, "page")} mapped with ${permissionLetters(flags)}; ${plural(vm.freeFrames, "frame")} left.`;
}

function reportMap(step: Step, vm: VirtualMemoryContract, page: number, failure: MapFailure, frame?: number): void {
  const { frames, pages } = vm.options;
  switch (failure.reason) {
    case "already-mapped":
      step.raise("already-mapped", { message: `page ${page} is mapped to frame ${failure.pfn} already.` });
      return;
    case "frame-in-use":
      step.raise("frame-in-use", {
        message: `frame ${frame ?? 0} holds page ${failure.vpn}; page ${page} cannot have it too.`,
      });
      return;
    case "invalid-frame":
      step.raise("invalid-frame", { message: `there is no frame ${frame ?? 0}: the frames are 0 to ${frames - 1}.` });
      return;
    case "invalid-page":
      step.raise("bad-operand", {
        message: `there is no page ${page}: the address space has the pages 0 to ${pages - 1}.`,
      });
      return;
    case "out-of-frames":
      step.raise("out-of-frames", { message: `no free frame for page ${page}: all ${frames} frames hold pages.` });
      return;
    case "none":
  }
}

interface PageRange {
  readonly from: number;
  readonly to: number;
}

/** The pages of a range operand, half-open, or one page. */
function pageRange(step: Step): PageRange | null {
  const operand = step.operand("pages");
  if (operand?.kind !== "range") {
    const page = step.whole(operand, "The page number", 0);
    return page === null ? null : { from: page, to: page + 1 };
  }
  const from = step.evaluate(operand.from);
  const to = step.evaluate(operand.to);
  if (from === null || to === null) return null;
  if (!step.isWhole(from.value, "The first page", 0, operand.from.span)) return null;
  if (!step.isWhole(to.value, "The end of the pages", 0, operand.to.span)) return null;
  if (to.value > from.value) return { from: from.value, to: to.value };
  step.raise("bad-operand", {
    message: `The range ${from.value}..${to.value} is empty: its end is not above its start.`,
    span: operand.span,
  });
  return null;
}

/** Does something with each mapped page of the statement's range; those that are not mapped are one problem. */
function eachMapped(step: Step, vm: VirtualMemoryContract, act: (vpn: number) => void): number | null {
  const range = pageRange(step);
  if (range === null) return null;
  const pages: number[] = [];
  if (range.to - range.from <= 4 * vm.mappedPages + 16) {
    for (let page = range.from; page < range.to; page++) if (vm.entry(page) !== undefined) pages.push(page);
  } else for (const { vpn } of vm.entries()) if (vpn >= range.from && vpn < range.to) pages.push(vpn);
  const missing = range.to - range.from - pages.length;
  if (missing > 0) {
    let first = range.from;
    for (const page of pages) if (page === first) first++;
    const more = missing > 1 ? ` and ${missing - 1} more of the range are` : " is";
    step.raise("not-mapped", { message: `page ${first}${more} not mapped: nothing to ${step.statement.verb}.` });
  }
  for (const page of pages) act(page);
  return pages.length;
}

/** `unmap RANGE`. */
export function unmap(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const count = eachMapped(step, vm, (page) => void vm.unmap(page));
  if (count !== null) step.story = `${plural(count, "page")} unmapped; ${plural(vm.freeFrames, "frame")} free.`;
}

/** `protect RANGE FLAGS`. */
export function protect(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const flags = permissionBits(step.word(step.operand("flags")) ?? "");
  const count = eachMapped(step, vm, (page) => void vm.protect(page, flags));
  if (count !== null) step.story = `${plural(count, "page")} permit ${permissionLetters(flags)} now.`;
}

/** "page 1 + 0x10 is in frame 20: physical 0x14010" */
export function translationStory(vm: VirtualMemoryContract, address: number, physical: number): string {
  const { pageSize } = vm.options;
  const page = Math.floor(address / pageSize);
  const frame = Math.floor(physical / pageSize);
  return `${toHex(address)} is page ${page}, offset ${address % pageSize}; the page is in frame ${frame}: physical ${toHex(physical)}.`;
}
