import { toHex } from "../engine/address";
import type { CacheLevel } from "../engine/cache/CacheLevel";
import type { MachineState } from "../machine/contract";
import type { CachesView, CacheView } from "./model";

/** Lines of one cache in one message. */
export const cacheLineBudget = 256;

/** Null without caches. */
export function cachesView({ caches, latencies }: Pick<MachineState, "caches" | "latencies">): CachesView | null {
  if (caches === null) return null;
  return { latencies, totals: caches.totals(latencies), levels: caches.caches.map(cacheView) };
}

function cacheView(cache: CacheLevel): CacheView {
  const { options, sets, validLines } = cache;
  const { name, size, ways, line, policy, write, latency } = options;
  const wanted = Math.min(validLines, cacheLineBudget);
  const lines: CacheView["lines"][number][] = [];
  if (wanted > 0) {
    for (const { set, way, address, dirty } of cache.entries()) {
      lines.push({ set, way, address: toHex(address), dirty });
      // The search ends with the last line wanted, not with the last slot.
      if (lines.length === wanted) break;
    }
  }
  const hiddenLines = validLines - lines.length;
  return { ...cache.stats(), name, size, sets, ways, line, policy, write, latency, lines, hiddenLines };
}
