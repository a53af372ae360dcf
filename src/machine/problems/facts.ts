import { toHex } from "../../engine/address";
import type { Allocation, FreedBy } from "../state/allocation";
import { isHeap, type RegionReader } from "../state/regions";
import type { World } from "../state/World";

/** What problems say about a block, live or not. */
export interface BlockFacts {
  /** As the script wrote it: `a`, `b[3]`. Null when never bound. */
  readonly handle: string | null;
  /** Bytes. */
  readonly requested: number;
  readonly address: number;
  /** Where it was allocated. */
  readonly line: number;
  /** Heap, pool or slab cache. */
  readonly region: string;
  /** Null while live. */
  readonly freed: { readonly line: number; readonly by: FreedBy } | null;
}

export function blockFacts({ handle, requested, address, line, region, freed }: Allocation): BlockFacts {
  return { handle, requested, address, line, region, freed: freed && { line: freed.line, by: freed.by } };
}

/** Of the allocation of an id; null where there is none, for -1 too. */
export function blockFactsOf({ ledger }: Pick<World, "ledger">, id: number): BlockFacts | null {
  const block = ledger.get(id);
  return block === undefined ? null : blockFacts(block);
}

/** A heap, pool or slab cache. */
export interface RegionFacts {
  readonly kind: "heap" | "pool" | "slab";
  readonly name: string;
}

export function regionFacts(region: RegionReader): RegionFacts {
  return { kind: isHeap(region) ? "heap" : region.kind, name: region.options.name };
}

/**
 * Facts as JSON has them. They are plain data: a number whose key is `line` or ends in `Line` is a 0-based line, which
 * counts from 1 there; one whose key is `address` or ends in `Address` becomes a hexadecimal string.
 */
export function toJsonFacts(facts: unknown, key = ""): unknown {
  if (typeof facts === "number") {
    if (/^line$|Line$/.test(key)) return facts + 1;
    return /^address$|Address$/.test(key) && Number.isSafeInteger(facts) && facts >= 0 ? toHex(facts) : facts;
  }
  if (Array.isArray(facts)) return facts.map((entry) => toJsonFacts(entry));
  if (typeof facts !== "object" || facts === null) return facts;
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, toJsonFacts(value, name)]));
}
