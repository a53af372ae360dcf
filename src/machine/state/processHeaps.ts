import { toHex } from "../../engine/address";
import { VirtualBytes } from "../../engine/vm/VirtualBytes";
import type { Heap } from "../../engine/heap/Heap";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import { throughCaches } from "../access/caches";
import { reportFault } from "../access/pageAccess";
import { bytes } from "../problems/wording";
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
  step.raise("bad-operand", {
    message: `heap \`${region.options.name}\` is in the process \`${process}\`, and \`${step.world.vm?.current.name ?? ""}\` runs; \`switch ${process}\` first.`,
  });
  return false;
}

/** Finds the place that `in=` asks for and makes it large enough; null when there is none, which is reported. */
export function placeInProcess(step: Step, name: string, size: number): ProcessPlace | null {
  const { vm } = step.world;
  const refuse = (message: string): null => {
    step.raise("bad-operand", { message });
    return null;
  };
  if (vm === null) return refuse("`in=` needs virtual memory; declare it with a `vm` line first.");
  const space = vm.spaceNamed(name);
  if (space === undefined) {
    step.raise("unknown-name", { message: `There is no process \`${name}\`.` });
    return null;
  }
  if (space !== vm.current) return refuse(`\`${name}\` does not run; \`switch ${name}\` first.`);
  const { pageSize, pages, paging, demand } = vm.options;
  if (!paging || !demand) return refuse("a heap in a process needs demand paging: `vm demand=on` or `replacement=`.");
  if (space.segments !== null) return refuse(`\`${name}\` has segments; a heap lies in a process without them.`);
  if (step.option("base") !== undefined) return refuse("`base=` and `in=` exclude each other: the region says where.");
  const area = space.areaNamed(heapRegion);
  if (area === undefined) {
    return refuse(`\`${name}\` has no region \`heap\`; declare one, as \`region heap 16..17 grow=up\`.`);
  }
  const taken = otherRegion(step, vm, area.from * pageSize);
  const next = space.areas.find(({ from }) => from >= area.to)?.from ?? pages;
  const base = area.from * pageSize;
  const most = (next - area.from) * pageSize;
  if (taken !== null) return refuse(taken);
  if (size > most) {
    return refuse(`a heap of ${bytes(size)} does not fit: region \`heap\` can have ${bytes(most)}.`);
  }
  const missing = Math.ceil(size / pageSize) - (area.to - area.from);
  if (missing > 0) vm.growRegion(heapRegion, missing);
  const { world } = step;
  const store = new VirtualBytes(vm, space, heapRegion, (outcome, length, kind) =>
    throughCaches(world, outcome.physical, length, kind, outcome),
  );
  return { base, most, bytes: store };
}

/** Why a heap cannot begin there, or null: another one of the process, or a region that addresses mean at all times. */
function otherRegion(step: Step, vm: VirtualMemory, base: number): string | null {
  for (const region of step.world.regions()) {
    const other = processBytes(region);
    if (other !== null && other.space !== vm.current) continue;
    const { name } = region.options;
    if (other !== null) return `the region \`heap\` of \`${vm.current.name}\` holds the heap \`${name}\` already.`;
    if (reservedEnd(region) > base) {
      return `\`${name}\` keeps the addresses up to ${toHex(reservedEnd(region))}, and the region \`heap\` begins at ${toHex(base)}; place it above.`;
    }
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
