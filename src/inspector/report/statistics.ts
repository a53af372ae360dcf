import type { MachineState } from "../../machine/run/MachineState";
import { heapPages } from "../../machine/state/heapPages";

/** Statistics of the regions of one kind, side by side, under the names that `expect` knows. */
export interface StatisticTable {
  readonly kind: "heaps" | "pools" | "vm" | "caches";
  readonly regions: readonly string[];
  /** Regions that are left out. */
  readonly hidden: number;
  readonly rows: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

/** More columns than this no page holds. */
const mostRegions = 12;

/** Of every heap, pool, the virtual memory and the caches; kinds that the script has none of are left out. */
export function statisticTables(state: MachineState): StatisticTable[] {
  const { heaps, pools, vm, caches, latencies } = state;
  const tables: readonly (readonly [StatisticTable["kind"], readonly (readonly [string, object])[]])[] = [
    ["heaps", Array.from(heaps, ([name, heap]) => [name, { ...heap.stats(), ...heapPages(heap) }])],
    ["vm", vm === null ? [] : [["vm", vm.stats()]]],
    ["pools", Array.from(pools, ([name, pool]) => [name, pool.stats()])],
    [
      "caches",
      caches === null
        ? []
        : [
            ["cache", caches.totals(latencies)],
            ...caches.caches.map((cache): [string, object] => [cache.options.name, cache.stats()]),
          ],
    ],
  ];
  return tables.filter(([, entries]) => entries.length > 0).map(([kind, entries]) => table(kind, entries));
}

function table(kind: StatisticTable["kind"], entries: readonly (readonly [string, object])[]): StatisticTable {
  const shown = entries.slice(0, mostRegions).map(([name, stats]) => ({ name, stats: new Map(numbers(stats)) }));
  const names = new Set(shown.flatMap(({ stats }) => [...stats.keys()]));
  return {
    kind,
    regions: shown.map(({ name }) => name),
    hidden: entries.length - shown.length,
    rows: Array.from(names, (name) => ({ name, values: shown.map(({ stats }) => stats.get(name) ?? null) })),
  };
}

function numbers(stats: object): (readonly [string, number])[] {
  return Object.entries(stats).filter((entry): entry is [string, number] => typeof entry[1] === "number");
}
