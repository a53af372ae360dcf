import { mustRun } from "../state/processHeaps";
import { toHex } from "../../engine/address";
import { sayCount, say } from "../../language/phrases";
import { byteCount, regionPhrase } from "../stories/counts";
import { isHeap, type FixedSizeRegion } from "../state/regions";
import type { Executors, Step } from "../step/Step";
import { dissolve, endBlock } from "./nestedPools";

/** `reset NAME`: a pool, slab cache or heap gets all of its blocks back. */
function reset(step: Step): void {
  const { world } = step;
  const name = step.word(step.operand("name")) ?? "";
  const region = world.region(name);
  if (region === undefined) {
    step.raise("unknown-name", { kind: "region", name });
    return;
  }
  if (!mustRun(step, region)) return;
  for (const block of region.blocks()) if (block.state === "used") endBlock(step, block.owner, "reset");
  const count = region.reset();
  if (isHeap(region)) world.forgetDamage(region);
  step.value = { kind: "number", value: count };
  step.tell(() => sayCount(count, "Reset {1}: freed {0} block.", "Reset {1}: freed {0} blocks.", regionPhrase(region)));
}

/** `trim NAME RANGE`: what lies outside the range is freed, as by `VALGRIND_MEMPOOL_TRIM`. */
function trimPool(step: Step): void {
  const pool = namedPool(step);
  const range = pool === null ? null : keptRange(step);
  if (pool === null || range === null) return;
  const outside = [...pool.blocks()].filter(
    ({ state, address, size }) => state === "used" && (address + size <= range.from || address >= range.to),
  );
  for (const { address, owner } of outside) {
    pool.free(address);
    endBlock(step, owner, "trim");
  }
  step.value = { kind: "number", value: outside.length };
  step.tell(() =>
    sayCount(
      outside.length,
      "Freed {0} block of {1} outside {2}..{3}.",
      "Freed {0} blocks of {1} outside {2}..{3}.",
      regionPhrase(pool),
      toHex(range.from),
      toHex(range.to),
    ),
  );
}

/** `shrink NAME`: empty slabs go back. */
function shrinkSlab(step: Step): void {
  const cache = namedPool(step);
  if (cache === null) return;
  if (cache.kind !== "slab") {
    step.raise("bad-operand", { kind: "pool-as-slab", name: cache.options.name });
    return;
  }
  const count = cache.shrink();
  step.value = { kind: "number", value: count };
  const remaining = sayCount(cache.stats().slabs, "{0} slab remains", "{0} slabs remain");
  step.tell(() =>
    sayCount(
      count,
      "Returned {0} empty slab of {1}; {2}.",
      "Returned {0} empty slabs of {1}; {2}.",
      regionPhrase(cache),
      remaining,
    ),
  );
}

/** `destroy NAME`: blocks in use are lost, and a block that the pool was carved out of goes back to its region. */
function destroyPool(step: Step): void {
  const pool = namedPool(step);
  if (pool === null) return;
  const { world } = step;
  const carving = world.carvings.get(pool.options.name);
  dissolve(step, pool, "destroyed");
  const block = carving?.isOwner === true ? world.ledger.get(carving.allocation) : undefined;
  if (block !== undefined && block.freed === null) {
    world.region(block.region)?.free(block.address);
    endBlock(step, block.id, "destroy");
  }
  step.tell(() => {
    const gone = [pool.options.name, byteCount(pool.end - pool.base), toHex(pool.base)];
    return pool.kind === "slab"
      ? say("Destroyed slab cache `{0}`: {1} at {2}.", ...gone)
      : say("Destroyed pool `{0}`: {1} at {2}.", ...gone);
  });
}

function keptRange(step: Step): { readonly from: number; readonly to: number } | null {
  const operand = step.operand("range");
  if (operand?.kind !== "range") {
    step.raise("bad-operand", { kind: "no-range", verb: "trim" });
    return null;
  }
  const from = step.evaluate(operand.from);
  const to = step.evaluate(operand.to);
  return from === null || to === null ? null : { from: from.value, to: to.value };
}

function namedPool(step: Step): FixedSizeRegion | null {
  const name = step.word(step.operand("name")) ?? "";
  const region = step.world.region(name);
  if (region !== undefined && !isHeap(region)) return region;
  if (region !== undefined) step.raise("bad-operand", { kind: "heap-as-pool", name });
  else step.raise("unknown-name", { kind: "pool", name });
  return null;
}

export const poolUpkeepExecutors: Executors = { reset, trim: trimPool, shrink: shrinkSlab, destroy: destroyPool };
