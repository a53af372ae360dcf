import type { CacheLevel } from "../../engine/cache/CacheLevel";
import type { CacheLine } from "../../engine/cache/contract";
import { listOf } from "./node";

export type CacheNode = ReturnType<typeof cacheNode>;
export type LineNode = ReturnType<typeof lineNode>;

/** A cache with its valid lines by set and way. */
export function cacheNode(cache: CacheLevel) {
  const lines = listOf(cache.validLines, () => cache.entries(), lineNode);
  return { kind: "cache" as const, name: cache.options.name, cache, facts: { lines } };
}

/** `addr` is the physical address of the line's first byte. */
function lineNode({ set, way, address: addr, dirty }: CacheLine) {
  return { kind: "line" as const, name: `[${set}.${way}]`, facts: { set, way, dirty, addr } };
}
