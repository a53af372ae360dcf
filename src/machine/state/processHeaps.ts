import { VirtualBytes } from "../../engine/vm/VirtualBytes";
import type { Heap } from "../../engine/heap/Heap";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import { throughCaches } from "../access/caches";
import { reportFault } from "../access/pageAccess";
import type { BadOperand } from "../problems/badOperand";
import { isHere, processBytes, reservedEnd, type Region } from "./regions";
import type { Step } from "../step/Step";
import { endBlock } from "../verbs/nestedPools";

/** The region of a process that a heap lies in. */
const heapRegion = "heap";

/** A place for a heap in a process: where it begins, how far it may grow, and its bytes. */
export interface ProcessPlace {
  readonly base: number;
  /** Bytes up to the next region. */
  readonly most: number;
  readonly bytes: VirtualBytes;
}

/** Whether the allocator of the region can work now; when its process does not run, that is reported. */
export function mustRun(step: Step, region: Region | undefined): boolean {
  if (region === undefined || isHere(region)) return true;
  const process = processBytes(region)?.space.name ?? "";
  const running = step.world.vm?.current.name ?? "";
  step.raise("bad-operand", { kind: "heap-elsewhere", heap: region.options.name, process, running });
  return false;
}

/** Finds the place that `in=` asks for and makes it large enough; null when there is none, which is reported. */
export function placeInProcess(step: Step, name: string, size: number): ProcessPlace | null {
  const { vm } = step.world;
  const refuse = (facts: BadOperand): null => {
    step.raise("bad-operand", facts);
    return null;
  };
  if (vm === null) return refuse({ kind: "in-without-vm" });
  const space = vm.spaceNamed(name);
  if (space === undefined) {
    step.raise("unknown-name", { kind: "process", name, known: [] });
    return null;
  }
  if (space !== vm.current) return refuse({ kind: "process-stopped", process: name });
  const { pageSize, pages, paging, demand } = vm.options;
  if (!paging || !demand) return refuse({ kind: "heap-without-demand" });
  if (space.segments !== null) return refuse({ kind: "process-segments", process: name });
  if (step.option("base") !== undefined) return refuse({ kind: "base-and-in" });
  const area = space.areaNamed(heapRegion);
  if (area === undefined) return refuse({ kind: "no-heap-region", process: name });
  const taken = otherRegion(step, vm, area.from * pageSize);
  const next = space.areas.find(({ from }) => from >= area.to)?.from ?? pages;
  const base = area.from * pageSize;
  const most = (next - area.from) * pageSize;
  if (taken !== null) return refuse(taken);
  if (size > most) return refuse({ kind: "heap-region-size", size, most });
  const missing = Math.ceil(size / pageSize) - (area.to - area.from);
  if (missing > 0) vm.growRegion(heapRegion, missing);
  const { world } = step;
  const store = new VirtualBytes(vm, space, heapRegion, (outcome, length, kind) =>
    throughCaches(world, outcome.physical, length, kind, outcome),
  );
  return { base, most, bytes: store };
}

/** Why a heap cannot begin there, or null: another one of the process, or a region that addresses mean at all times. */
function otherRegion(step: Step, vm: VirtualMemory, base: number): BadOperand | null {
  for (const region of step.world.regions()) {
    const other = processBytes(region);
    if (other !== null && other.space !== vm.current) continue;
    const { name } = region.options;
    if (other !== null) return { kind: "heap-region-taken", process: vm.current.name, heap: name };
    const end = reservedEnd(region);
    if (end > base) return { kind: "heap-region-hidden", name, endAddress: end, baseAddress: base };
  }
  return null;
}

/** Turns touches that failed while a statement ran into its problems. */
export function reportFailedTouches(step: Step): void {
  const { world } = step;
  if (world.vm === null) return;
  for (const heap of world.heaps.values()) {
    for (const { address, kind, fault } of processBytes(heap)?.takeFailures() ?? []) {
      reportFault(step, world.vm, address, kind, fault);
    }
  }
}

/** Gives back the pages behind the last used block, whose header alone is still needed; returns how many. */
export function releasePages(heap: Heap): number {
  const store = processBytes(heap);
  if (store === null) return 0;
  let last = heap.base as number;
  for (const block of heap.blocks())
    last = block.state === "free" ? block.address + heap.options.header : block.address + block.size;
  return store.release(last, heap.end - heap.options.footer);
}

/** A process ended: its heaps are gone, and what was in them is nobody's leak. */
export function endHeaps(step: Step, process: string): void {
  const { world } = step;
  for (const [name, heap] of world.heaps) {
    if (processBytes(heap)?.space.name !== process) continue;
    for (const block of heap.blocks()) {
      if (block.state === "used") endBlock(step, block.owner, "exit");
    }
    world.forgetDamage(heap);
    world.heaps.delete(name);
  }
}
