import { coalesceModesOf, ordersOf, roundingsOf } from "../../engine/heap/options";
import type { HeapPolicy } from "../../engine/heap/policies";

const dependent: Readonly<Partial<Record<string, (policy: HeapPolicy) => readonly string[]>>> = {
  "heap.order": ordersOf,
  "heap.coalesce": coalesceModesOf,
  "heap.rounding": roundingsOf,
};

/** Overrides for the run of one policy: the policy itself, and of the others those that it can be combined with. */
export function heapOverrides(overrides: ReadonlyMap<string, string>, policy: HeapPolicy): Map<string, string> {
  const applicable = [...overrides].filter(([key, value]) => dependent[key]?.(policy).includes(value) !== false);
  return new Map([...applicable, ["heap.policy", policy]]);
}
