import { toHex } from "../../engine/address";
import type { CacheLevel } from "../../engine/cache/CacheLevel";
import type { CacheStats, Latencies } from "../../engine/cache/contract";
import type { CacheHierarchy } from "../../engine/cache/CacheHierarchy";
import type { ValueFormat } from "../protocol/format";
import { showCounters } from "./counters";
import { pageOf, type Children, type ShownValue } from "./store";

/** One entry a cache, then the totals and times of all. */
export function cachesScope(caches: CacheHierarchy, latencies: Latencies, format: ValueFormat): Children {
  return {
    named: () => {
      const totals = caches.totals(latencies);
      const text = `misses ${format.number(totals.misses)} of ${format.number(totals.accesses)}, effective access time ${format.number(totals.effectiveAccessTime)}`;
      return [...caches.caches.map((cache) => showCache(cache, format)), showCounters(totals, text, format)];
    },
  };
}

/** A cache: its counters as one node, then its valid lines by set and way. */
export function showCache(cache: CacheLevel, format: ValueFormat): ShownValue {
  const { options, sets } = cache;
  const stats = cache.stats();
  return {
    name: options.name,
    value: `${format.bytes(options.size)}, ${format.number(sets)} x ${format.number(options.ways)} lines, ${options.policy}: ${format.number(stats.misses)} of ${format.number(stats.accesses)} missed`,
    type: "cache",
    children: {
      named: () => [showCounters(stats, missText(stats, format), format)],
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

/** Misses by their kind. */
function missText({ compulsory, capacity, conflict }: CacheStats, format: ValueFormat): string {
  return `compulsory ${format.number(compulsory)}, capacity ${format.number(capacity)}, conflict ${format.number(conflict)}`;
}
