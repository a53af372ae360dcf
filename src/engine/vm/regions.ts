import type { RegionRequest } from "./contract";
import type { VirtualMemory } from "./VirtualMemory";

/** See `VirtualMemory.addRegion`. */
export function addRegion(vm: VirtualMemory, request: RegionRequest): boolean {
  const { current } = vm;
  if (current.areaNamed(request.name) !== undefined || !current.isClear(request.from, request.to)) return false;
  if (request.isGuard) unmapAll(vm, request.from, request.to);
  current.addArea({ ...request });
  return true;
}

/** See `VirtualMemory.growRegion`. */
export function growRegion(vm: VirtualMemory, name: string, pages: number): boolean {
  const { current } = vm;
  const area = current.areaNamed(name);
  if (area === undefined) return false;
  const from = area.growth === "down" ? area.from - pages : area.from;
  const to = area.growth === "down" ? area.to : area.to + pages;
  const isTaken = current.areas.some((other) => other !== area && other.from < to && from < other.to);
  if (from < 0 || to > vm.options.pages || from > to || isTaken) return false;
  unmapAll(vm, area.from, Math.min(from, area.to));
  unmapAll(vm, Math.max(to, area.from), area.to);
  area.from = from;
  area.to = to;
  return true;
}

/** Unmaps the pages from..to that are mapped: O(mapped pages), however wide the range. */
function unmapAll(vm: VirtualMemory, from: number, to: number): void {
  const { vpn, order } = vm.pager.mappings;
  for (const id of [...vm.current.mappings()]) {
    if (vpn[id] < to && from < vpn[id] + 2 ** order[id]) vm.unmap(vpn[id]);
  }
}
