import { coalesceModesOf, ordersOf, roundingsOf } from "../../engine/heap/options";
import type { HeapPolicy } from "../../engine/heap/policies";

const dependent: Readonly<Partial<Record<string, (policy: HeapPolicy) => readonly string[]>>> = {
  "heap.order": ordersOf,
  "heap.coalesce": coalesceModesOf,
  "heap.rounding": roundingsOf,
};

/** The overrides that any policy can be combined with. */
export function commonOverrides(overrides: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...overrides].filter(([key]) => dependent[key] === undefined));
}

/** Overrides for the run of one policy: the policy itself, and of the others those that it can be combined with. */
export function heapOverrides(overrides: ReadonlyMap<string, string>, policy: HeapPolicy): Map<string, string> {
  const applicable = [...overrides].filter(([key, value]) => {
    const choices = dependent[key];
    return choices === undefined || choices(policy).includes(value);
  });
  return new Map([...applicable, ["heap.policy", policy]]);
}
