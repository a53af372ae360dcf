import { CacheHierarchy } from "../../engine/cache/CacheHierarchy";
import {
  cacheKinds,
  cachePolicies,
  usualLatencies,
  type CacheKind,
  type CacheOptions,
} from "../../engine/cache/contract";
import { whyNoCache, whyNotBelow } from "../../engine/cache/geometry";
import { sayCount, say, series } from "../../language/phrases";
import { byteCount, cycleCount } from "../stories/counts";
import type { Executors, Step } from "../step/Step";

/** Cycles of a look-up by level, of processors of about 2020 (Hennessy & Patterson, 6th ed., figure 2.1, rounded). */
const lookUpCycles = [4, 10, 30] as const;

/** `cache NAME SIZE [ways=] [line=] …`. */
export function declareCache(step: Step): void {
  const { world } = step;
  const options = readCache(step);
  if (options === null) return;
  const { name, size, ways, line } = options;
  const above = (world.caches?.caches ?? []).map((cache) => cache.options);
  if (above.some((other) => other.name === name) || world.region(name) !== undefined) {
    step.raise("bad-operand", { kind: "cache-exists", name });
    return;
  }
  const refusal =
    whyNoCache(options) ?? above.map((upper) => whyNotBelow(upper, options)).find((each) => each !== null);
  if (refusal !== undefined) {
    step.raise("bad-operand", { kind: "cache-shape", name, refusal });
    return;
  }
  const lines = [...above, options].reduce((sum, cache) => sum + cache.size / cache.line, 0);
  if (lines > step.limits.blocks) {
    step.exceed("blocks", { kind: "cache-lines", count: lines });
    return;
  }
  world.caches = new CacheHierarchy([...above, options]);
  const sets = size / line / ways;
  step.tell(() =>
    say(
      "Cache `{0}` of {1} with {2} of {3}, empty.",
      name,
      sayCount(sets, "{0} set", "{0} sets"),
      sayCount(ways, "{0} line", "{0} lines"),
      byteCount(line),
    ),
  );
}

function readCache(step: Step): CacheOptions | null {
  const size = step.whole(step.operand("size"), "size", 1);
  const ways = step.wholeOption("ways", 1);
  const line = step.wholeOption("line", 1);
  const latency = step.wholeOption("latency", 0);
  if (size === null || ways === null || line === null || latency === null) return null;
  const chosen = <Word extends string>(option: string, words: readonly Word[], usual: Word): Word =>
    words.find((word) => word === step.word(step.option(option))) ?? usual;
  const kind = chosen("kind", cacheKinds, "unified");
  return {
    name: step.word(step.operand("name")) ?? "",
    size,
    ways: ways ?? Math.max(1, Math.min(8, Math.floor(size / (line ?? 64)))),
    line: line ?? 64,
    policy: chosen("policy", cachePolicies, "lru"),
    write: chosen("write", ["back", "through"], "back"),
    allocate: step.word(step.option("allocate")) !== "off",
    kind,
    countsWritebacks: step.word(step.option("writebacks")) === "counted",
    inclusive: step.word(step.option("inclusive")) === "on",
    latency: latency ?? lookUpCycles[Math.min(levelsAbove(step.world.caches, kind), 2)],
  };
}

/** Levels that a reference has passed when it comes to a cache declared now. */
function levelsAbove(caches: CacheHierarchy | null, kind: CacheKind): number {
  const others = caches?.caches ?? [];
  const passedBy = (blind: CacheKind): number => others.filter(({ options }) => options.kind !== blind).length;
  if (kind === "unified") return Math.max(passedBy("data"), passedBy("instruction"));
  return passedBy(kind === "data" ? "instruction" : "data");
}

/** `latency [tlb=] [memory=] [disk=]`. */
export function declareLatency(step: Step): void {
  const tlb = step.wholeOption("tlb", 0);
  const memory = step.wholeOption("memory", 0);
  const givenDisk = step.wholeOption("disk", 0);
  if (tlb === null || memory === null || givenDisk === null) return;
  const { world } = step;
  const { latencies: before } = world;
  const latencies = {
    tlb: tlb ?? before.tlb ?? usualLatencies.tlb,
    memory: memory ?? before.memory,
    disk: givenDisk ?? before.disk,
  };
  world.latencies = latencies;
  const { vm } = world;
  step.tell(() => {
    const { memory, disk, tlb: search } = latencies;
    const times = say("An access to memory takes {0}, one to the disk {1}.", cycleCount(memory), cycleCount(disk));
    const lookUp = search === 0 ? "" : say("A look-up in the TLB takes {0}.", cycleCount(search));
    const hasTlb = vm !== null && vm.tlb !== null;
    const isPaged = vm !== null && vm.options.paging && vm.options.demand;
    return series([
      times,
      lookUp,
      tlb === undefined || hasTlb ? "" : say("`tlb=` does not count so far: there is no TLB."),
      givenDisk === undefined || isPaged ? "" : say("`disk=` does not count so far: no page is brought in on demand."),
    ]);
  });
}

export const cacheExecutors: Executors = { cache: declareCache, latency: declareLatency };
