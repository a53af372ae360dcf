import { toHex } from "../../engine/address";
import type { HeapStats } from "../../engine/heap/contract";
import type { FixedSizeStats } from "../../engine/pool/contract";
import type { CacheNode, LineNode } from "../../machine/inspect/cacheNodes";
import { pageOf, type NodeList } from "../../machine/inspect/node";
import type { BlockNode, HeapNode, LinkNode, PoolNode, SlabNode } from "../../machine/inspect/regionNodes";
import type { AreaNode, PageNode, ProcessNode, SegmentNode } from "../../machine/inspect/vmNodes";
import type { ValueFormat } from "../protocol/format";
import type { Children, ShownValue } from "./store";
import { showStructure } from "./structure";

/** Nodes of the state of memory that are variables as they are. */
export type ShownNode =
  | HeapNode
  | PoolNode
  | SlabNode
  | BlockNode
  | LinkNode
  | CacheNode
  | LineNode
  | ProcessNode
  | PageNode
  | AreaNode
  | SegmentNode;

/** The nodes of a list as indexed children, made page by page. */
export function indexed(list: NodeList<ShownNode>, format: ValueFormat): Pick<Children, "indexed"> {
  const page = (start: number, count: number): ShownValue[] =>
    pageOf(list, start, count).map((node) => showNode(node, format));
  return { indexed: { count: list.count, page } };
}

/**
 * All statistics as one node, with what is asked most as its value: clients list named children first, so that a dozen
 * of them would stand before the blocks that they count.
 */
export function showCounters(statistics: object, value: string, format: ValueFormat): ShownValue {
  const counters = Object.entries(statistics as Readonly<Record<string, number>>);
  const named = (): ShownValue[] => counters.map(([name, value]) => ({ name, value: format.number(value) }));
  return { name: "counters", value, type: "statistics", children: { named } };
}

function trafficText(
  { allocations, deallocations, peakUsed }: HeapStats | FixedSizeStats,
  format: ValueFormat,
): string {
  return `allocations ${format.number(allocations)}, deallocations ${format.number(deallocations)}, peakUsed ${format.number(peakUsed)}`;
}

/** A node of the state of memory: its facts in one line, and what it is made of. */
export function showNode(node: ShownNode, format: ValueFormat): ShownValue {
  const { name } = node;
  const at = (address: number): Pick<ShownValue, "memoryReference"> => ({ memoryReference: toHex(address) });
  switch (node.kind) {
    case "heap": {
      const { region, facts } = node;
      const stats = region.stats();
      return {
        name,
        value: `${region.options.policy}, ${format.number(stats.currentUsed)} of ${format.bytes(stats.heapBytes)} in use, ${format.number(stats.usedBlocks)} used and ${format.number(stats.freeBlocks)} free blocks`,
        type: "heap",
        evaluateName: name,
        ...at(region.base),
        children: {
          named: () => [showStructure(region, format), showCounters(stats, trafficText(stats, format), format)],
          ...indexed(facts.blocks, format),
        },
      };
    }
    case "pool": {
      const { region, facts } = node;
      const stats = region.stats();
      const noun = facts.kind === "slab" ? "objects" : "blocks";
      return {
        name,
        value: `${format.number(stats.usedBlocks)} of ${format.number(stats.usedBlocks + stats.freeBlocks)} ${noun} of ${format.bytes(stats.blockSize)} in use`,
        type: facts.kind,
        evaluateName: name,
        ...at(region.base),
        children: {
          named: () => [showCounters(stats, trafficText(stats, format), format)],
          ...indexed(facts.slabs ?? facts.blocks, format),
        },
      };
    }
    case "slab": {
      const { addr, state, used, colour } = node.facts;
      return {
        name,
        value: `${toHex(addr)} ${state}, ${format.number(used)} of ${format.number(node.objects.count)} used, colour ${format.number(colour)}`,
        type: "slab",
        ...at(addr),
        children: indexed(node.objects, format),
      };
    }
    case "block":
      return showBlock(node, format);
    case "link": {
      const { addr, size } = node.facts;
      return {
        name,
        value: `${toHex(addr)} free ${format.bytes(size)}`,
        type: "free block",
        ...at(addr),
        watch: { kind: "bytes", address: addr, length: size },
      };
    }
    case "cache": {
      const { cache, facts } = node;
      const { options, sets } = cache;
      const stats = cache.stats();
      const { compulsory, capacity, conflict } = stats;
      const kinds = `compulsory ${format.number(compulsory)}, capacity ${format.number(capacity)}, conflict ${format.number(conflict)}`;
      return {
        name,
        value: `${format.bytes(options.size)}, ${format.number(sets)} x ${format.number(options.ways)} lines, ${options.policy}: ${format.number(stats.misses)} of ${format.number(stats.accesses)} missed`,
        type: "cache",
        children: {
          named: () => [showCounters(stats, kinds, format)],
          ...indexed(facts.lines, format),
        },
      };
    }
    case "line":
      return { name, value: `${toHex(node.facts.addr)}${node.facts.dirty ? " dirty" : ""}`, type: "line" };
    case "process": {
      const { runs, space, facts } = node;
      return {
        name,
        value: `${runs ? "runs, " : ""}${format.number(space.mapped)} pages, ${format.number(facts.resident)} frames`,
        type: "process",
        children: indexed(facts.pages, format),
      };
    }
    case "page":
      return showPage(node, format);
    case "area": {
      const { from, to, flags, grow, guard } = node.facts;
      const start = toHex(from * node.vm.options.pageSize);
      return {
        name,
        value: `pages ${format.number(from)} to ${format.number(to - 1)} (${start}), ${guard ? "guard" : flags}${grow === "none" ? "" : `, grows ${grow}`}`,
        type: "region",
      };
    }
    case "segment": {
      const { base, limit, flags, grow } = node.facts;
      const value = `${grow === "down" ? "down from" : "from"} ${toHex(base)}, ${format.bytes(limit)}, ${flags}`;
      return { name, value, type: "segment" };
    }
  }
}

/** A block in use is watched through its life, another one as the bytes that it has now. */
function showBlock({ name, owner, facts }: BlockNode, format: ValueFormat): ShownValue {
  const { addr, size, state, handle, line } = facts;
  const requested = "requested" in facts && state !== "free" ? `, ${format.bytes(facts.requested)} asked for` : "";
  const owned = line === null ? "" : `, ${handle ?? "no handle"} of line ${line + 1}`;
  return {
    name,
    value: `${toHex(addr)} ${state} ${format.bytes(size)}${requested}${owned}`,
    type: `${state} block`,
    memoryReference: toHex(addr),
    watch:
      state === "used" && owner >= 0
        ? { kind: "block", allocation: owner }
        : { kind: "bytes", address: addr, length: size },
  };
}

/** Bytes can be read at addresses of the process that runs. */
function showPage({ name, vm, space, facts }: PageNode, format: ValueFormat): ShownValue {
  const { pageSize } = vm.options;
  const { vpn, pfn, slot, evicted, flags } = facts;
  const frame = pfn === null ? "" : `${format.number(pfn)} (${toHex(pfn * pageSize)})`;
  const nowhere = evicted === true ? "evicted" : "not touched yet";
  const missing = slot === undefined ? nowhere : `swap slot ${format.number(slot)}`;
  const shownFrame = (): ShownValue[] =>
    pfn === null ? [] : [{ name: "frame", value: frame, type: "frame", watch: { kind: "frame", pfn } }];
  return {
    name,
    value: `${pfn === null ? missing : `frame ${frame}`} ${flags}`,
    type: "page",
    watch: { kind: "page", space: space.id, vpn },
    ...(pfn === null ? {} : { children: { named: shownFrame } }),
    ...(space === vm.current ? { memoryReference: toHex(vpn * pageSize) } : {}),
  };
}
