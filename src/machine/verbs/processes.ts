import type { SpaceFailure } from "../../engine/vm/contract";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import { endHeaps } from "../state/processHeaps";
import { plural } from "../problems/wording";
import type { Executors, Step } from "../step/Step";
import { addClassicLayout } from "./processRegions";
import { neededVm, tooManyPages } from "./vm";

/** `process NAME [frames=] [layout=]`. */
function startProcess(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const name = step.word(step.operand("name")) ?? "";
  const quota = step.wholeOption("frames", 1);
  if (quota === null || tooManySpaces(step, vm)) return;
  const failure = vm.createSpace(name, quota ?? Infinity);
  if (failure !== "none") {
    reportSpace(step, vm, name, failure);
    return;
  }
  const space = vm.spaceNamed(name);
  if (space !== undefined && step.word(step.option("layout")) === "classic") addClassicLayout(vm, space);
  const bound =
    quota === undefined || vm.options.allocation === "global" ? "" : ` of at most ${plural(quota, "frame")}`;
  step.story = `Process \`${name}\` has an empty address space${bound}; \`switch ${name}\` makes it run.`;
}

/** `switch NAME`. */
function switchProcess(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const name = step.word(step.operand("name")) ?? "";
  const failure = vm.switchTo(name);
  if (failure !== "none") {
    reportSpace(step, vm, name, failure);
    return;
  }
  const forgotten =
    vm.tlb === null
      ? ""
      : vm.tlb.options.tagged
        ? "; the lookaside buffer keeps its entries"
        : "; the lookaside buffer keeps global entries alone";
  step.story = `\`${name}\` runs, with ${plural(vm.mappedPages, "page")}${forgotten}.`;
}

/** `fork NAME`. */
function forkProcess(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const name = step.word(step.operand("name")) ?? "";
  if (tooManySpaces(step, vm) || tooManyPages(step, vm, vm.mappedPages)) return;
  const failure = vm.fork(name);
  if (failure === "none") {
    step.story = `\`${name}\` has the ${plural(vm.mappedPages, "page")} of \`${vm.current.name}\` in the same frames; whoever writes to one first gets a copy.`;
  } else reportSpace(step, vm, name, failure);
}

/** `exit [NAME]`. */
function exitProcess(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const name = step.word(step.operand("name")) ?? vm.current.name;
  const before = vm.freeFrames;
  const failure = vm.exitSpace(name);
  if (failure === "none") {
    endHeaps(step, name);
    step.story = `\`${name}\` ended and gave back ${plural(vm.freeFrames - before, "frame")}; \`${vm.current.name}\` runs.`;
  } else reportSpace(step, vm, name, failure);
}

/** `dedup`. */
function dedup(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  if (vm.invertedTable !== null) {
    step.raise("bad-operand", { kind: "frames-not-shared", verb: "dedup" });
    return;
  }
  const merged = vm.mergeEqualPages();
  step.value = { kind: "number", value: merged };
  step.story =
    merged === 0
      ? "No two frames hold the same bytes."
      : `${plural(merged, "frame")} given back: their pages share another frame with the same bytes until one is written.`;
}

function tooManySpaces(step: Step, vm: VirtualMemory): boolean {
  if (vm.spaces.length < mostSpaces) return false;
  step.raise("bad-operand", { kind: "process-count", count: vm.spaces.length });
  return true;
}

/** Page numbers of all processes together stay exact numbers. */
const mostSpaces = 1024;

function reportSpace(step: Step, vm: VirtualMemory, process: string, failure: SpaceFailure): void {
  switch (failure) {
    case "exists":
      step.raise("bad-operand", { kind: "process-exists", process });
      return;
    case "unknown": {
      const known = vm.spaces.slice(0, 10).map(({ name }) => name);
      step.raise("unknown-name", { kind: "process", name: process, known });
      return;
    }
    case "last":
      step.raise("bad-operand", { kind: "last-process", process });
      return;
    case "cannot-share":
      step.raise("bad-operand", { kind: "frames-not-shared", verb: "fork" });
      return;
    case "out-of-frames":
      step.raise("out-of-frames", { kind: "process", process });
      return;
    case "out-of-swap":
      step.raise("out-of-swap", { kind: "process", process, slots: vm.options.swapSlots });
      return;
    case "none":
  }
}

export const processExecutors: Executors = {
  process: startProcess,
  switch: switchProcess,
  fork: forkProcess,
  exit: exitProcess,
  dedup,
};
