import { toHex } from "../../engine/address";
import { pageFlags } from "../../engine/vm/contract";
import { bytes, plural } from "../problems/wording";
import type { MachineState } from "../run/MachineState";
import { pageOf, type NodeList } from "./node";
import type { BlockNode, HeapBlockNode, HeapNode, PoolNode, SlabNode } from "./regionNodes";
import { stateTree } from "./stateTree";
import { structureText } from "./structureFacts";
import type { AreaNode, PageNode, ProcessNode, SegmentNode, VmNode } from "./vmNodes";

/** Blocks, links or pages listed at most of one region; the rest is a number. */
const longestList = 200;
const longestSlabList = 50;
/** Blocks of a pool in one row. */
const rowLength = 64;
/** Cells of the bar that shows which pages of an area have frames. */
const barCells = 32;

/** Where everything is in one heap or pool, or in all and the vm: blocks in address order, free lists in list order. */
export function layoutText(state: MachineState, name?: string): string[] {
  const { heaps, pools, vm } = stateTree(state);
  const isWanted = (node: { readonly name: string }): boolean => name === undefined || name === node.name;
  return [
    ...[...heaps.values()].filter(isWanted).flatMap(heapLayout),
    ...[...pools.values()].filter(isWanted).flatMap(poolLayout),
    ...(vm === null || name !== undefined ? [] : vmLayout(vm)),
  ];
}

/** The first `most` items as lines, then how many more there are. */
function listed<Item>(
  list: NodeList<Item>,
  most: number,
  lines: (item: Item) => readonly string[],
  what = "",
): string[] {
  const more = list.count > most ? [`  … ${list.count - most} more${what}`] : [];
  return [...pageOf(list, 0, most).flatMap(lines), ...more];
}

function heapLayout({ name, region, facts }: HeapNode): string[] {
  const { blocks, freeList } = facts;
  const links = pageOf(freeList, 0, longestList).map(({ facts }) => `${toHex(facts.addr)} (${facts.size})`);
  if (freeList.count > longestList) links.push(`… ${freeList.count - longestList} more`);
  return [
    `heap ${name}: ${toHex(region.base)}..${toHex(region.end)}`,
    ...listed(blocks, longestList, blockText),
    `  free list: ${links.length === 0 ? "empty" : links.join(" -> ")}`,
    ...structureText(region.structure(), longestList),
  ];
}

function blockText({ facts: { addr, size, payload, requested, state } }: HeapBlockNode): string[] {
  const use = state === "free" ? "free" : `${state}, ${requested} requested, payload ${toHex(payload)}`;
  return [`  ${toHex(addr)} ${String(size).padStart(8)}  ${use}`];
}

function poolLayout({ name, region, facts: { kind, blocks, slabs } }: PoolNode): string[] {
  const content = slabs === undefined ? blockRows(blocks) : listed(slabs, longestSlabList, slabText, " slabs");
  return [`${kind} ${name}: ${toHex(region.base)}..${toHex(region.end)}`, ...content];
}

function slabText({ facts: { index, addr, state, used, colour }, objects }: SlabNode): string[] {
  const head = `  slab ${index} at ${toHex(addr)}: ${state}, ${used} of ${objects.count} used, colour ${colour}`;
  return [head, ...blockRows(objects)];
}

/** Blocks in rows of `#` for a used and `.` for a free one. */
function blockRows(blocks: NodeList<BlockNode>): string[] {
  const drawn = pageOf(blocks, 0, longestList * rowLength).map(({ facts }) => (facts.state === "used" ? "#" : "."));
  const rows: string[] = [];
  for (let at = 0; at < drawn.length; at += rowLength) rows.push(`  ${drawn.slice(at, at + rowLength).join("")}`);
  return drawn.length < blocks.count ? [...rows, `  … ${blocks.count - drawn.length} more blocks`] : rows;
}

function vmLayout({ vm, facts }: VmNode): string[] {
  const processes = [...facts.processes.items()];
  return [
    `vm: pages of ${bytes(vm.options.pageSize)}, ${plural(vm.options.frames, "frame")}`,
    ...(facts.processor === undefined ? [] : [`  processor: ${processorText(facts.processor)}`]),
    ...processes.flatMap((process) => processLayout(process, processes.length > 1)),
  ];
}

/** "user mode, WP 1, SMEP 0, …" */
function processorText({ mode, ...controls }: Readonly<Record<string, string | boolean>>): string {
  const flags = Object.entries(controls).map(([name, isOn]) => `${name.toUpperCase()} ${isOn === true ? 1 : 0}`);
  return [`${String(mode)} mode`, ...flags].join(", ");
}

/** Segments, areas and pages of a process. */
function processLayout({ name, runs, facts }: ProcessNode, isNamed: boolean): string[] {
  const areas = [...facts.regions.items()];
  const width = areas.reduce((widest, { name }) => Math.max(widest, name.length), 0);
  return [
    ...(isNamed ? [`  process ${name}${runs ? " (running)" : ""}`] : []),
    ...Array.from(facts.segments.items(), segmentText),
    ...areas.map((area) => `  region ${area.name.padEnd(width)} ${areaText(area)}`),
    ...listed(facts.pages, longestList, pageText),
  ];
}

function segmentText({ name, facts: { base, limit, flags, grow } }: SegmentNode): string {
  return `  segment ${name}: ${bytes(limit)} ${grow === "down" ? "down from" : "from"} ${toHex(base)} ${flags}`;
}

function pageText({ facts: { vpn, pfn, slot, evicted, span = 1, flags } }: PageNode): string[] {
  const frames = pfn === null ? "" : span === 1 ? `frame ${pfn}` : `frames ${pfn}..${pfn + span}`;
  const nowhere = evicted === true ? "evicted" : "not touched";
  const place = pfn !== null ? frames : slot === undefined ? nowhere : `swap slot ${slot}`;
  return [`  page ${vpn} -> ${place} ${flags}`];
}

/** "0x80000..0x84000 rw-u [##s.] grows up": a cell for each page where there are few, for several pages otherwise. */
function areaText(area: AreaNode): string {
  const { from, to, flags, grow, guard } = area.facts;
  const { pageSize } = area.vm.options;
  const place = `${toHex(from * pageSize)}..${toHex(to * pageSize)}`;
  if (guard) return `${place} guard`;
  return `${place} ${flags} [${bar(area)}]${grow === "none" ? "" : ` grows ${grow}`}`;
}

/** `#` has a frame, `s` was evicted, `.` was never touched; a cell for several pages shows the most of these. */
function bar({ vm, space, facts: { from, to } }: AreaNode): string {
  const cells = Math.min(barCells, to - from);
  const marks = new Array<string>(cells).fill(".");
  const { mappings } = vm.pager;
  for (const [vpn, id] of space.pages.entries(from)) {
    if (vpn >= to) break;
    const cell = Math.floor(((vpn - from) * cells) / (to - from));
    if (mappings.frame[id] >= 0) marks[cell] = "#";
    else if ((mappings.flags[id] & pageFlags.evicted) !== 0 && marks[cell] !== "#") marks[cell] = "s";
  }
  return marks.join("");
}
