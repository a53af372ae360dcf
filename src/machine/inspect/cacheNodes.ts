import type { CacheLevel } from "../../engine/cache/CacheLevel";
import { listOf, type NodeList, type StateNode } from "./node";

/** A valid line of a cache; `addr` is the physical address of its first byte. */
export type LineNode = StateNode<
  "line",
  { readonly set: number; readonly way: number; readonly dirty: boolean; readonly addr: number }
>;

export type CacheNode = StateNode<"cache", { readonly lines: NodeList<LineNode> }> & { readonly cache: CacheLevel };

/** A cache with its valid lines by set and way. */
export function cacheNode(cache: CacheLevel): CacheNode {
  const lines = listOf(
    cache.validLines,
    () => cache.entries(),
    ({ set, way, address: addr, dirty }): LineNode => ({
      kind: "line",
      name: `[${set}.${way}]`,
      facts: { set, way, dirty, addr },
    }),
  );
  return { kind: "cache", name: cache.options.name, cache, facts: { lines } };
}
