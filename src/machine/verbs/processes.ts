import { sayCount, say } from "../../language/phrases";
import type { SpaceFailure } from "../../engine/vm/contract";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import { endHeaps } from "../state/processHeaps";
import { frameCount, pageCount } from "../stories/counts";
import type { Executors, Step } from "../step/Step";
import { addClassicLayout } from "./processRegions";
import { neededVm, tooManyPages } from "./vm";
import { placeRoot } from "./vmDeclaration";

/** `process NAME [frames=] [layout=]`. */
function startProcess(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const name = step.word(step.operand("name")) ?? "";
  const quota = step.wholeOption("frames", 1);
  const root = step.wholeOption("pdbr", 0);
  if (quota === null || root === null || tooManySpaces(step, vm)) return;
  const failure = vm.createSpace(name, quota ?? Infinity);
  if (failure !== "none") {
    reportSpace(step, vm, name, failure);
    return;
  }
  const space = vm.spaceNamed(name);
  if (space !== undefined && !placeRoot(step, vm, space, root)) {
    vm.exitSpace(name);
    return;
  }
  if (space !== undefined && step.word(step.option("layout")) === "classic") addClassicLayout(vm, space);
  step.tell(() =>
    quota === undefined || vm.options.allocation === "global"
      ? say("Started process `{0}` with an empty address space; `switch {0}` runs it.", name)
      : say(
          "Started process `{0}` with an empty address space of at most {1}; `switch {0}` runs it.",
          name,
          frameCount(quota),
        ),
  );
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
  step.tell(() => {
    const pages = pageCount(vm.mappedPages);
    if (vm.tlb === null) return say("`{0}` is running, with {1}.", name, pages);
    return vm.tlb.options.tagged
      ? say("`{0}` is running, with {1}; the TLB keeps its entries.", name, pages)
      : say("`{0}` is running, with {1}; the TLB keeps only global entries.", name, pages);
  });
}

/** `fork NAME`. */
function forkProcess(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const name = step.word(step.operand("name")) ?? "";
  if (tooManySpaces(step, vm) || tooManyPages(step, vm, vm.mappedPages)) return;
  const failure = vm.fork(name);
  if (failure === "none") {
    step.tell(() =>
      say(
        "`{0}` shares the {1} of `{2}`; the first write to a page copies it.",
        name,
        pageCount(vm.mappedPages),
        vm.current.name,
      ),
    );
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
    const given = frameCount(vm.freeFrames - before);
    step.tell(() => say("`{0}` ended and returned {1}; `{2}` is running.", name, given, vm.current.name));
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
  step.tell(() =>
    merged === 0
      ? say("No two frames hold the same bytes.")
      : sayCount(
          merged,
          "Freed {0} frame: pages with the same bytes share one until a page is written.",
          "Freed {0} frames: pages with the same bytes share one until a page is written.",
        ),
  );
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
