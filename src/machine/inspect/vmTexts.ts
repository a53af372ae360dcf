import { toHex } from "../../engine/address";
import type { AddressSpace, Area } from "../../engine/vm/AddressSpace";
import type { PageTableEntry, VirtualMemoryContract } from "../../engine/vm/contract";
import { entryLetters, permissionLetters } from "../problems/flags";
import { bytes, plural } from "../problems/wording";

/** Cells of the bar that shows which pages of a region have frames. */
const barCells = 32;

/** Statistics of virtual memory; lines about what the vm does not use are left out. */
export function vmStats(vm: VirtualMemoryContract): string[] {
  const stats = vm.stats();
  const { references, hits, faults, evictions, writebacks, swapIns, swapOuts, copies, mergedPages } = stats;
  const lines = [
    `vm: ${plural(references, "reference")}, ${plural(hits, "hit")}, ${plural(faults, "fault")}, ${plural(vm.mappedPages, "page")} mapped, ${plural(vm.freeFrames, "frame")} free`,
  ];
  if (vm.options.paging) lines.push(`  page tables of ${bytes(stats.tableBytes)}`);
  if (evictions + swapIns + swapOuts > 0) {
    const moves = `${plural(writebacks, "write-back")}, ${plural(swapOuts, "page")} to the device, ${swapIns} from it`;
    lines.push(`  ${plural(evictions, "eviction")}, ${moves}, ${plural(stats.swapUsed, "slot")} of swap space in use`);
  }
  if (vm.pager.compressed !== null) {
    const { length, capacity } = vm.pager.compressed;
    const held = `${plural(length, "page")} in ${stats.compressedBytes} of ${bytes(capacity)}`;
    lines.push(`  compressed pool: ${held}, ${stats.compressionRatio.toFixed(1)} times smaller`);
  }
  if (copies + mergedPages > 0) {
    lines.push(
      `  ${plural(copies, "page")} copied when written, ${plural(mergedPages, "frame")} given back by merging`,
    );
  }
  const { tlbHits, tlbMisses } = stats;
  if (vm.tlb !== null) {
    lines.push(`  lookaside buffer: ${plural(tlbHits, "hit")}, ${tlbMisses} ${tlbMisses === 1 ? "miss" : "misses"}`);
  }
  if (vm.spaces.length === 1) return lines;
  for (const space of vm.spaces) {
    const runs = space === vm.current ? ", which runs" : "";
    lines.push(`  process ${space.name}${runs}: ${plural(space.mapped, "page")}, ${plural(space.resident, "frame")}`);
  }
  return lines;
}

/** Regions and pages of every process, a line each; of each list so many at most. */
export function vmLayout(vm: VirtualMemoryContract, longest: number): string[] {
  const lines = [`vm: pages of ${bytes(vm.options.pageSize)}, ${plural(vm.options.frames, "frame")}`];
  for (const space of vm.spaces) {
    if (vm.spaces.length > 1) lines.push(`  process ${space.name}${space === vm.current ? ", which runs" : ""}`);
    for (const { name, base, limit, growsDown, flags } of space.segments?.segments ?? []) {
      const place = growsDown ? `down from ${toHex(base)}` : `from ${toHex(base)}`;
      lines.push(`  segment ${name}: ${bytes(limit)} ${place} ${permissionLetters(flags)}`);
    }
    const width = Math.max(...space.areas.map(({ name }) => name.length), 0);
    for (const area of space.areas) lines.push(`  region ${area.name.padEnd(width)} ${areaText(vm, space, area)}`);
    let count = 0;
    for (const entry of vm.entries(space)) {
      if (++count > longest) break;
      lines.push(`  page ${entry.vpn} -> ${placeText(entry)} ${entryLetters(entry.flags)}`);
    }
    if (count > longest) lines.push(`  … ${space.mapped - longest} more`);
  }
  return lines;
}

function placeText({ pfn, slot, order }: PageTableEntry): string {
  if (pfn !== null) return order === 0 ? `frame ${pfn}` : `frames ${pfn}..${pfn + 2 ** order}`;
  return slot === null ? "not touched" : `swap slot ${slot}`;
}

/** "0x80000..0x84000 rw-u [##s.] grows up": a cell a page where there are few, each for several otherwise. */
function areaText(vm: VirtualMemoryContract, space: AddressSpace, area: Area): string {
  const { pageSize } = vm.options;
  const place = `${toHex(area.from * pageSize)}..${toHex(area.to * pageSize)}`;
  if (area.isGuard) return `${place} guard`;
  const grows = area.growth === "none" ? "" : ` grows ${area.growth}`;
  return `${place} ${permissionLetters(area.flags)} [${bar(vm, space, area)}]${grows}`;
}

/** `#` has a frame, `s` is in swap space, `.` was never touched; a cell for several pages shows the most of these. */
function bar(vm: VirtualMemoryContract, space: AddressSpace, { from, to }: Area): string {
  const cells = Math.min(barCells, to - from);
  const marks = new Array<string>(cells).fill(".");
  const { mappings } = vm.pager;
  for (const [vpn, id] of space.pages.entries(from)) {
    if (vpn >= to) break;
    const cell = Math.floor(((vpn - from) * cells) / (to - from));
    if (mappings.frame[id] >= 0) marks[cell] = "#";
    else if (mappings.slot[id] >= 0 && marks[cell] !== "#") marks[cell] = "s";
  }
  return marks.join("");
}
