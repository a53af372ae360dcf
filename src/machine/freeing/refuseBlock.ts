import { poolGeometry } from "../../engine/pool/geometry";
import { slabGeometry } from "../../engine/slab/geometry";
import type { FactsOf } from "../problems/catalogue";
import { regionFacts } from "../problems/facts";
import type { FixedSizeRegion } from "../state/regions";
import type { Step } from "../step/Step";

/** Why a pool or slab cache handed nothing out: its own bound, or the run's. */
export function refuseBlock(step: Step, region: FixedSizeRegion): void {
  const isBound = isBoundByScript(step, region);
  if (isBound) step.raise("pool-exhausted", exhausted(region));
  else step.exceed("memory", { kind: "pool-growth", name: region.options.name });
}

function exhausted(region: FixedSizeRegion): FactsOf<"pool-exhausted"> {
  const { blockSize, usedBlocks } = region.stats();
  const mayGrow = region.kind === "slab" || region.options.grow > 0;
  return { region: regionFacts(region), blocks: usedBlocks, blockSize, max: mayGrow ? region.options.max : null };
}

function isBoundByScript(step: Step, region: FixedSizeRegion): boolean {
  if (region.kind === "slab") {
    const { slabBytes, objectsPerSlab } = slabGeometry(region.options);
    return region.options.max < mostSlabs(step, slabBytes, objectsPerSlab);
  }
  const { grow, max } = region.options;
  return grow === 0 || max < mostBlocks(step, poolGeometry(region.options).stride);
}

/** How far a growing pool may grow in this run. */
export function mostBlocks({ limits }: Step, stride: number): number {
  return Math.min(Math.floor(limits.memory / stride), limits.blocks);
}

/** How many slabs a cache may have in this run. */
export function mostSlabs({ limits }: Step, slabBytes: number, objectsPerSlab: number): number {
  return Math.min(Math.floor(limits.memory / slabBytes), Math.floor(limits.blocks / objectsPerSlab));
}
