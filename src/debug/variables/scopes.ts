import type { HeapNode } from "../../machine/inspect/regionNodes";
import { stateTree } from "../../machine/inspect/stateTree";
import { processNode, type VmNode } from "../../machine/inspect/vmNodes";
import type { SwapSlot, TlbRow } from "../../machine/inspect/vmTables";
import type { MachineState } from "../../machine/run/MachineState";
import type { ValueFormat } from "../protocol/format";
import { handlesScope } from "./handles";
import { indexed, showCounters, showNode, type ShownNode } from "./nodes";
import type { Children, ShownValue } from "./store";

export interface ShownScope {
  readonly name: string;
  readonly hint?: "locals";
  /** Whether opening it by default could cost noticeable time. */
  readonly expensive: boolean;
  readonly children: Children;
}

const scope = (name: string, children: Children, expensive = false): ShownScope => ({ name, expensive, children });

/**
 * The handles always, as clients open the first scope on their own, and of the others those that hold something. A heap's
 * free list stays while it is empty: it fills and runs dry again, and clients close a scope that was gone.
 */
export function scopesOf(state: MachineState, format: ValueFormat): ShownScope[] {
  const { heaps, vm, pools } = stateTree(state);
  return [
    { ...scope("Handles", handlesScope(state, format)), hint: "locals" },
    ...(heaps.size === 0
      ? []
      : [
          scope("Heap", shown([...heaps.values()], format)),
          scope("Free list", freeLists([...heaps.values()], format)),
        ]),
    ...(vm === null ? [] : [scope("Pages", pages(vm, format))]),
    ...(pools.size === 0 ? [] : [scope("Pools", shown([...pools.values()], format))]),
    ...(state.caches === null ? [] : [scope("Caches", caches(state, format))]),
    ...(vm === null ? [] : vmScopes(vm, format)),
  ];
}

const shown = (nodes: readonly ShownNode[], format: ValueFormat): Children => ({
  named: () => nodes.map((node) => showNode(node, format)),
});

/** With one heap its list at once, with several one entry for each heap. */
function freeLists(heaps: readonly HeapNode[], format: ValueFormat): Children {
  const [only, ...others] = heaps;
  if (only !== undefined && others.length === 0) return indexed(only.facts.freeList, format);
  return {
    named: () =>
      heaps.map(({ name, facts: { freeList } }) => {
        const value = `${format.number(freeList.count)} free ${freeList.count === 1 ? "block" : "blocks"}`;
        return { name, value, type: "free list", children: indexed(freeList, format) };
      }),
  };
}

/** The statistics of the vm, then the page table of the process that runs. */
function pages({ vm, facts }: VmNode, format: ValueFormat): Children {
  const counters = (): ShownValue => {
    const stats = vm.stats();
    const { references, faults, usedFrames, freeFrames } = stats;
    const used = `frames used ${format.number(usedFrames)} of ${format.number(usedFrames + freeFrames)}`;
    const value = `references ${format.number(references)}, faults ${format.number(faults)}, ${used}`;
    return showCounters(stats, value, format);
  };
  return { named: () => [counters()], ...indexed(facts.pages, format) };
}

/** Each cache, then the totals and times of all. */
function caches(state: MachineState, format: ValueFormat): Children {
  return {
    named: () => {
      const totals = state.caches!.totals(state.latencies);
      const value = `misses ${format.number(totals.misses)} of ${format.number(totals.accesses)}, effective access time ${format.number(totals.effectiveAccessTime)}`;
      const levels = Array.from(stateTree(state).caches.values(), (cache) => showNode(cache, format));
      return [...levels, showCounters(totals, value, format)];
    },
  };
}

/**
 * What there is beside the pages of the process that runs, as far as it holds something. The first slot of swap space
 * says whether any is used, as what is in the slots takes a look at every page.
 */
function vmScopes({ vm, facts }: VmNode, format: ValueFormat): ShownScope[] {
  const { regions, segments } = processNode(vm, vm.current).facts;
  const areas = [...segments.items(), ...regions.items()];
  const entries = facts.tlb.map(showTlbEntry);
  const isSwapEmpty = vm.pager.swap.slotsInUse().next().done === true;
  return [
    scope("Processes", shown([...facts.processes.items()], format)),
    ...(areas.length === 0 ? [] : [scope("Regions", shown(areas, format))]),
    ...(facts.processor === undefined
      ? []
      : [scope("Processor", { named: () => showProcessor(facts.processor ?? {}) })]),
    ...(entries.length === 0 ? [] : [scope("TLB", { named: () => entries })]),
    ...(isSwapEmpty
      ? []
      : [scope("Swap", { named: () => facts.swap.map((slot) => showSwapSlot(slot, format)) }, true)]),
  ];
}

function showProcessor(processor: Readonly<Record<string, string | boolean>>): ShownValue[] {
  return Object.entries(processor).map(([name, value]) => ({
    name,
    value: value === true ? "on" : value === false ? "off" : value,
    type: "processor",
  }));
}

function showTlbEntry({ set, process, vpn, order, global, remembered }: TlbRow, at: number): ShownValue {
  const has = remembered === undefined ? "" : `, frame ${remembered.frame} ${remembered.flags}`;
  const more = `${order === 0 ? "" : `, ${2 ** order} pages`}${global ? ", global" : ""}${has}${remembered?.stale === true ? ", stale" : ""}`;
  return { name: `[${at}]`, value: `page ${vpn} of ${process}, set ${set}${more}`, type: "TLB entry" };
}

function showSwapSlot({ slot, packed, frame, pages }: SwapSlot, format: ValueFormat): ShownValue {
  const held = pages.map(({ process, vpn }) => `page ${vpn} of ${process}`);
  if (frame !== null) held.push(`a copy of frame ${format.number(frame)}`);
  const place = packed === null ? "" : `, compressed to ${format.bytes(packed)}`;
  return { name: `[${slot}]`, value: held.join(", ") + place, type: "swap slot" };
}
