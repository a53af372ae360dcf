import type { InspectorStrings } from "../../src/inspector/strings";
import { statisticTable, type Statistic, type StatisticKind } from "../../src/machine/inspect/statisticTable";
import { blocks, bytes, count, decimal, percent, size } from "./numbers";
import type { Fact } from "./parts";

/** Names of the statistics of a kind. */
export type StatisticName<Kind extends StatisticKind> = keyof (typeof statisticTable)[Kind] & string;
type Values<Kind extends StatisticKind> = Readonly<Record<StatisticName<Kind>, number>>;

/** Facts about statistics as the table names and measures them; rare ones are left out while they are 0. */
export function statisticFacts<Kind extends StatisticKind>(
  strings: InspectorStrings,
  kind: Kind,
  values: Values<Kind>,
  names: readonly StatisticName<Kind>[],
): Fact[] {
  const rows: Readonly<Partial<Record<string, Statistic>>> = statisticTable[kind];
  return names.flatMap((name) => {
    const row = rows[name];
    const value = values[name];
    if (row === undefined || (row.isRare === true && value === 0)) return [];
    const { unit, blocks: counter } = row;
    const text = valueText(unit, value);
    const number = counter === undefined ? undefined : (values as Readonly<Partial<Record<string, number>>>)[counter];
    return [
      {
        name: (strings as Readonly<Record<string, string>>)[`${kind}.${name}`],
        value: number === undefined ? text : `${text} · ${blocks(number, strings)}`,
        ...(unit === "bytes" ? { exact: bytes(value, strings) } : unit === "cycles" ? { exact: String(value) } : {}),
      },
    ];
  });
}

/** A value as short as its unit allows. */
export function valueText(unit: Statistic["unit"], value: number): string {
  switch (unit) {
    case "bytes":
      return size(value);
    case "share":
      return percent(value);
    case "cycles":
    case "times":
      return decimal(value);
    case "count":
      return count(value);
  }
}
