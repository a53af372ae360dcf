import type { ValueFormat } from "../protocol/format";
import type { ShownValue } from "./store";

/** One line a statistic, by the names that `expect` takes. */
function statisticFacts(stats: object, format: ValueFormat): ShownValue[] {
  return Object.entries(stats).map(([name, value]) => ({ name, value: format.number(Number(value)) }));
}

/**
 * All counters of something as one node, with what is asked most as its value: clients list named children first, so that
 * a dozen of them would stand before the blocks that they count.
 */
export function showCounters(stats: object, value: string, format: ValueFormat): ShownValue {
  return { name: "counters", value, type: "statistics", children: { named: () => statisticFacts(stats, format) } };
}
