import { toHex } from "../../engine/address";
import { defaultHeapOptions } from "../../engine/heap/defaults";
import { Heap } from "../../engine/heap/Heap";
import {
  coalesceModesOf,
  growthModes,
  heapPolicies,
  layoutOptions,
  ordersOf,
  reallocModes,
  roundingsOf,
  type HeapOptions,
} from "../../engine/heap/options";
import { coalesceModes, listOrders, roundings } from "../../engine/heap/placementOptions";
import type { HeapPolicy } from "../../engine/heap/policies";
import { say, series, type Phrase } from "../../language/phrases";
import { mustRun, placeInProcess } from "../state/processHeaps";
import { newRegionName, placeRegion } from "../state/regionBase";
import { growthReserve, isHere } from "../state/regions";
import { defaultHeapSize } from "../inspect/statistics";
import { byteCount } from "../stories/counts";
import type { Executors, Step } from "../step/Step";

/** `heap [NAME] SIZE …`. */
function declareHeap(step: Step): void {
  const name = newRegionName(step, "heap");
  const size = step.whole(step.option("size") ?? step.operand("size"), "heap size", 1, "invalid-size");
  if (name === null || size === null) return;
  const heap = createHeap(step, name, size);
  if (heap === null) return;
  step.tell(() => {
    const traits = series(traitsOf(heap.options), ", ");
    return say("Heap `{0}` of {1} at {2}: {3}.", name, byteCount(size), toHex(heap.base), traits);
  });
}

/** How a heap works, and what a debug heap adds: "red zones of 16 bytes", "a quarantine of 256 bytes". */
function traitsOf({ policy, order, coalesce, redzone, quarantine, fresh, freed }: HeapOptions): Phrase[] {
  return [
    policy,
    say("{0} order", order),
    say("{0} coalescing", coalesce),
    redzone > 0 ? say("red zones of {0}", byteCount(redzone)) : "",
    fresh === null ? "" : say("fresh bytes {0}", toHex(fresh)),
    freed === null ? "" : say("freed bytes {0}", toHex(freed)),
    quarantine > 0 ? say("a quarantine of {0}", byteCount(quarantine)) : "",
  ];
}

/** The heap that serves requests without `from=`: the one declared first, or one of 1 MiB made now. */
export function servingHeap(step: Step): Heap | null {
  const { value: first } = step.world.heaps.values().next();
  if (!mustRun(step, first)) return null;
  return first ?? createHeap(step, "heap", defaultHeapSize);
}

function createHeap(step: Step, name: string, size: number): Heap | null {
  const { limits, world } = step;
  if (size > limits.memory) {
    step.exceed("memory", { kind: "heap", size });
    return null;
  }
  const options = readOptions(step, name, size);
  if (options === null) return null;
  const process = step.statement.verb === "heap" ? step.word(step.option("in")) : undefined;
  if (process !== undefined) return createInProcess(step, options, process);
  const reserved = options.grow > 0 ? (step.option("max") === undefined ? growthReserve : options.max) : size;
  const base = placeRegion(step, Math.max(reserved, size));
  if (base === null) return null;
  const heap = new Heap({ ...options, base, max: Math.min(Math.max(reserved, size), limits.memory) }, world.log);
  world.heaps.set(name, heap);
  return heap;
}

/** A heap in the region `heap` of a process: it grows up to the next region at most. */
function createInProcess(step: Step, options: HeapOptions, process: string): Heap | null {
  const { limits, world } = step;
  const { name, size, grow, max } = options;
  const place = placeInProcess(step, process, size);
  if (place === null) return null;
  const asked = grow > 0 && step.option("max") === undefined ? growthReserve : Math.max(size, max);
  const most = Math.min(grow > 0 ? asked : size, place.most, limits.memory);
  const heap = new Heap({ ...options, base: place.base, max: most }, world.log, place.bytes);
  world.heaps.set(name, heap);
  return heap;
}

function readOptions(step: Step, name: string, size: number): HeapOptions | null {
  const given = readGiven(step, size);
  if (given === null) return null;
  const options = defaultHeapOptions(name, 0, size, given);
  if (options.trim === null || options.grow > 0) return options;
  step.raise("bad-operand", { kind: "trim-without-grow" });
  return null;
}

/**
 * The options that a `heap` statement for `size` bytes gives, `in=` and `base=` aside; null where one is refused, which is
 * reported. Those not given are absent.
 */
export function readGiven(step: Step, size: number): Partial<HeapOptions> | null {
  // An implicit heap is made by another statement, whose own options (`align=`) are not the heap's.
  const reads = step.statement.verb === "heap" ? step : step.forVerb("heap");
  const policy = choice(reads, "policy", heapPolicies);
  const read = {
    policy,
    order: applicable(reads, "order", listOrders, ordersOf, policy ?? "first-fit"),
    coalesce: applicable(reads, "coalesce", coalesceModes, coalesceModesOf, policy ?? "first-fit"),
    rounding: applicable(reads, "rounding", roundings, roundingsOf, policy ?? "first-fit"),
    header: reads.wholeOption("header", 0),
    footer: reads.wholeOption("footer", 0),
    align: reads.wholeOption("align", 1),
    min: reads.wholeOption("min", 1),
    grow: reads.wholeOption("grow", 0),
    growth: choice(reads, "growth", growthModes),
    max: reads.wholeOption("max", 1),
    trim: reads.wholeOption("trim", 0),
    realloc: choice(reads, "realloc", reallocModes),
    redzone: reads.wholeOption("redzone", 0),
    fresh: fillByte(reads, "fresh"),
    freed: fillByte(reads, "freed"),
    quarantine: reads.wholeOption("quarantine", 0),
  };
  const entries = Object.entries(read).filter(([, value]) => value !== undefined);
  if (entries.some(([, value]) => value === null)) return null;
  const given: Partial<HeapOptions> = Object.fromEntries(entries);
  const options = defaultHeapOptions("", 0, size, given);
  const { max } = given;
  if (max !== undefined && max < size) {
    step.raise("bad-operand", { kind: "heap-maximum", max, size });
    return null;
  }
  const { header, footer } = layoutOptions(options);
  const overhead = header + footer;
  if (overhead + 1 > size) {
    step.raise("bad-operand", { kind: "overhead", overhead, size, hasRedZones: options.redzone > 0 });
    return null;
  }
  return given;
}

function fillByte(step: Step, name: "fresh" | "freed"): number | null | undefined {
  const value = step.wholeOption(name, 0);
  if (value === undefined || value === null || value <= 0xff) return value;
  step.raise("bad-operand", { kind: "pattern-byte", option: name, value });
  return null;
}

function choice<Word extends string>(step: Step, name: string, choices: readonly Word[]): Word | null | undefined {
  const word = step.word(step.option(name));
  if (word === undefined) return undefined;
  const found = choices.find((entry) => entry === word);
  if (found !== undefined) return found;
  step.raise("bad-operand", { kind: "choice", option: name, word, choices });
  return null;
}

/**
 * An option that not every policy can be combined with. What the script says for the policy that it names is ignored
 * when another policy is tried on it from outside.
 */
function applicable<Word extends string>(
  step: Step,
  name: "order" | "coalesce" | "rounding",
  choices: readonly Word[],
  choicesOf: (policy: HeapPolicy) => readonly Word[],
  policy: HeapPolicy,
): Word | null | undefined {
  const word = choice(step, name, choices);
  const possible = choicesOf(policy);
  if (word === undefined || word === null || possible.includes(word)) return word;
  if (step.isOverridden("policy") && !step.isOverridden(name)) return undefined;
  step.raise("bad-operand", { kind: "policy-option", option: name, word, policy, choices: possible });
  return null;
}

/** The heaps that `coalesce`, `defrag` and `check` work on; null when the name is unknown, which is reported. */
export function namedHeaps(step: Step): Heap[] | null {
  const name = step.word(step.operand("name"));
  if (name === undefined) return [...step.world.heaps.values()].filter(isHere);
  const heap = step.world.heaps.get(name);
  if (heap !== undefined) return mustRun(step, heap) ? [heap] : null;
  if (step.world.pools.has(name)) step.raise("bad-operand", { kind: "pool-as-heap", name });
  else step.raise("unknown-name", { kind: "heap", name });
  return null;
}

export const heapDeclarationExecutors: Executors = { heap: declareHeap };
