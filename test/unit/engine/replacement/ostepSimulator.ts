import type { ReplacementName } from "../../../../src/engine/replacement/createPolicy";
import type { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";

export type OstepPolicy = "FIFO" | "LRU" | "MRU" | "OPT" | "UNOPT" | "RAND" | "CLOCK";

/** Our names of its policies. */
export const ours: Record<OstepPolicy, ReplacementName> = {
  FIFO: "fifo",
  LRU: "lru",
  MRU: "mru",
  OPT: "opt",
  UNOPT: "unopt",
  RAND: "random",
  CLOCK: "random-clock",
};

/** The policy simulator of OSTEP, restated from its description: for each access the memory, the victim and the result. */
export function simulate(
  policy: OstepPolicy,
  addresses: readonly number[],
  cache: number,
  random: () => number,
): string[] {
  const memory: number[] = [];
  const chances = new Map<number, number>();
  const draw = (): number => memory[Math.floor(random() * memory.length)];
  return addresses.map((page, time) => {
    const nextUse = (other: number): number => {
      const use = addresses.indexOf(other, time + 1);
      return use === -1 ? addresses.length : use;
    };
    const hit = memory.includes(page);
    let victim = -1;
    if (!hit && memory.length === cache) {
      victim = memory[0];
      if (policy === "MRU") victim = memory[memory.length - 1];
      if (policy === "RAND") victim = draw();
      if (policy === "OPT") for (const other of memory) if (nextUse(other) >= nextUse(victim)) victim = other;
      if (policy === "UNOPT") for (const other of memory) if (nextUse(other) < nextUse(victim)) victim = other;
      if (policy === "CLOCK")
        for (victim = draw(); chances.get(victim)! >= 1; victim = draw()) chances.set(victim, chances.get(victim)! - 1);
      memory.splice(memory.indexOf(victim), 1);
      chances.delete(victim);
    }
    if (hit && (policy === "LRU" || policy === "MRU")) memory.splice(memory.indexOf(page), 1);
    if (!memory.includes(page)) memory.push(page);
    chances.set(page, hit ? Math.min(2, chances.get(page)! + 1) : 1);
    return describeAccess(hit, policy === "OPT" || policy === "UNOPT" ? [...memory].sort() : memory, victim);
  });
}

export function describeAccess(hit: boolean, memory: readonly number[], victim: number): string {
  return `${hit ? "HIT" : "MISS"} [${memory.join(", ")}] Replaced:${victim}`;
}

/** Addresses are drawn first; RAND and CLOCK go on in the same stream. */
export function drawAddresses(random: MersenneTwister, count: number, pages: number): number[] {
  return Array.from({ length: count }, () => random.below(pages));
}
