import type { MachineState } from "../../machine/run/MachineState";
import { statisticGroups, valuesOf } from "../../machine/inspect/statistics";

type Groups = ReturnType<typeof statisticGroups>;

/** Statistics of the regions of one kind, side by side, under the names that `expect` knows. */
export interface StatisticTable {
  readonly kind: keyof Groups;
  readonly regions: readonly string[];
  /** Regions that are left out. */
  readonly hidden: number;
  readonly rows: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

/** Columns of one table at most. */
const mostRegions = 12;

/** Of every heap, pool, the virtual memory and the caches; kinds that the script has none of are left out. */
export function statisticTables(state: MachineState): StatisticTable[] {
  const groups = Object.entries(statisticGroups(state)) as [keyof Groups, Groups[keyof Groups]][];
  return groups.filter(([, columns]) => columns.length > 0).map(([kind, columns]) => table(kind, columns));
}

function table(kind: keyof Groups, columns: Groups[keyof Groups]): StatisticTable {
  const shown = columns.slice(0, mostRegions).map((column) => new Map(numbers(valuesOf(column))));
  const names = new Set(shown.flatMap((statistics) => [...statistics.keys()]));
  return {
    kind,
    regions: columns.slice(0, mostRegions).map(({ name }) => name),
    hidden: columns.length - shown.length,
    rows: Array.from(names, (name) => ({ name, values: shown.map((statistics) => statistics.get(name) ?? null) })),
  };
}

function numbers(statistics: object): (readonly [string, number])[] {
  return Object.entries(statistics).filter((entry): entry is [string, number] => typeof entry[1] === "number");
}
