import { toHex } from "../../engine/address";
import type { CacheLevel } from "../../engine/cache/CacheLevel";
import type { MachineState } from "../../machine/contract";
import type { ValueFormat } from "../format";
import { statisticFacts } from "./regions";
import { pageOf, type Children, type ShownValue } from "./store";

/** Totals and times, then one entry a cache. */
export function cachesScope({ caches, latencies }: MachineState, format: ValueFormat): Children {
  if (caches === null) return { named: () => [] };
  return {
    named: () => [
      ...caches.caches.map((cache) => showCache(cache, format)),
      ...statisticFacts(caches.totals(latencies), format),
    ],
  };
}

/** A cache: its statistics, then its valid lines by set and way. */
export function showCache(cache: CacheLevel, format: ValueFormat): ShownValue {
  const { options, sets } = cache;
  const stats = cache.stats();
  return {
    name: options.name,
    value: `${format.bytes(options.size)}, ${format.number(sets)} x ${format.number(options.ways)} lines, ${options.policy}: ${format.number(stats.misses)} of ${format.number(stats.accesses)} missed`,
    type: "cache",
    children: {
      named: () => statisticFacts(stats, format),
      indexed: {
        count: cache.validLines,
        page: (start, count) =>
          pageOf(cache.entries(), start, count, ({ set, way, address, dirty }): ShownValue => ({
            name: `[${set}.${way}]`,
            value: `${toHex(address)}${dirty ? " dirty" : ""}`,
            type: "line",
          })),
      },
    },
  };
}
