import { toHex } from "../../engine/address";
import { Pool } from "../../engine/pool/Pool";
import { poolGeometry } from "../../engine/pool/geometry";
import { slabPageBytes, type SlabOptions } from "../../engine/slab/contract";
import { plainSlab, slabGeometry } from "../../engine/slab/geometry";
import { SlabCache } from "../../engine/slab/SlabCache";
import { sayCount, say } from "../../language/phrases";
import { newRegionName, placeRegion } from "../state/regionBase";
import { blockCount, byteCount, pageCount, regionPhrase } from "../stories/counts";
import type { Executors, Step } from "../step/Step";
import { chooseMemory } from "./poolMemory";
import { mostBlocks, mostSlabs } from "../freeing/refuseBlock";

/** `pool NAME BLOCKSIZE x COUNT`. */
function declarePool(step: Step): void {
  const { limits, world } = step;
  const name = newRegionName(step, "pool");
  const blockSize = step.whole(step.operand("size"), "block size", 1, "invalid-size");
  const count = step.whole(step.operand("count"), "number of blocks", 1, "invalid-size");
  const align = alignment(step, 1);
  const redzone = step.wholeOption("redzone", 0) ?? (step.option("redzone") === undefined ? 0 : null);
  const grow = step.wholeOption("grow", 0) ?? (step.option("grow") === undefined ? 0 : null);
  const max = step.wholeOption("max", 1);
  if (name === null || blockSize === null || count === null) return;
  if (align === null || redzone === null || grow === null || max === null) return;
  const { stride } = poolGeometry({ blockSize, align, redzone });
  if (stride * count > limits.memory) {
    step.exceed("memory", { kind: "pool", count, size: blockSize });
    return;
  }
  if (count > limits.blocks) {
    step.exceed("blocks", { kind: "pool-blocks", count });
    return;
  }
  if (max !== undefined && max < count) {
    step.raise("bad-operand", { kind: "pool-maximum", max, count });
    return;
  }
  const most = grow === 0 ? count : Math.max(count, Math.min(max ?? Infinity, mostBlocks(step, stride)));
  const memory = chooseMemory(step, name, { reserved: stride * most, align, grow });
  if (memory === null) return;
  const { base, store } = memory;
  const order = step.word(step.option("order")) === "fifo" ? "fifo" : "lifo";
  const zeroed = step.word(step.option("zeroed")) === "on";
  const options = { name, base, blockSize, count, order, align, redzone, zeroed, grow, max: most, bytes: true, store };
  world.pools.set(name, new Pool({ ...options, order }, world.log));
  if (memory.carving !== null) world.carvings.set(name, memory.carving);
  const source = memory.from;
  step.tell(() => {
    const facts = [name, blockCount(count), byteCount(blockSize), toHex(base), order];
    return source === null
      ? say("Pool `{0}` of {1} of {2} at {3}, {4} order.", ...facts)
      : say("Pool `{0}` of {1} of {2} at {3}, {4} order, in a block of {5}.", ...facts, regionPhrase(source));
  });
}

/** `slab NAME OBJECTSIZE`. */
function declareSlab(step: Step): void {
  const { world } = step;
  const name = newRegionName(step, "slab");
  const blockSize = step.whole(step.operand("size"), "object size", 1, "invalid-size");
  const align = alignment(step, 8);
  const read = {
    pages: step.wholeOption("pages", 1),
    colour: step.wholeOption("colour", 0),
    keep: step.wholeOption("keep", 0),
    max: step.wholeOption("max", 1),
  };
  const given = Object.entries(read).filter(([, value]) => value !== undefined);
  if (name === null || blockSize === null || align === null || given.some(([, value]) => value === null)) return;
  const bookkeeping = step.word(step.option("bookkeeping"));
  const asked: Partial<SlabOptions> = {
    ...(Object.fromEntries(given) as Partial<SlabOptions>),
    ...(bookkeeping === "on-slab" || bookkeeping === "off-slab" ? { bookkeeping } : {}),
    align,
  };
  const plain = plainSlab(name, 0, blockSize, asked);
  if (plain.pages * slabPageBytes > step.limits.memory) {
    step.exceed("memory", { kind: "slab", size: plain.pages * slabPageBytes });
    return;
  }
  const { slabBytes, objectsPerSlab } = slabGeometry(plain);
  if (objectsPerSlab === 0) {
    step.raise("bad-operand", { kind: "slab-size", size: blockSize, slabSize: slabBytes });
    return;
  }
  const most = mostSlabs(step, slabBytes, objectsPerSlab);
  if (most === 0) {
    step.exceed("memory", { kind: "slab", size: slabBytes });
    return;
  }
  const max = Math.min(plain.max, most);
  const base = placeRegion(step, max * slabBytes);
  if (base === null) return;
  const unit = Math.max(align, slabPageBytes);
  if (base % unit !== 0) {
    step.raise("misaligned", { kind: "slab-base", baseAddress: base, align: unit });
    return;
  }
  const cache = new SlabCache({ ...plain, base, max }, world.log);
  world.pools.set(name, cache);
  const { colours } = cache.geometry;
  step.tell(() =>
    say(
      "Slab cache `{0}` at {1}: {2} of {3} in a slab of {4}, {5}.",
      name,
      toHex(base),
      sayCount(objectsPerSlab, "{0} object", "{0} objects"),
      byteCount(blockSize),
      pageCount(plain.pages),
      sayCount(colours, "{0} colour", "{0} colours"),
    ),
  );
}

/** An alignment, a power of two up to a page; null when it is something else, which is reported. */
function alignment(step: Step, fallback: number): number | null {
  const align = step.wholeOption("align", 1);
  if (align === undefined || align === null) return align === undefined ? fallback : null;
  if (align <= slabPageBytes && Number.isInteger(Math.log2(align))) return align;
  if (align > slabPageBytes) step.raise("misaligned", { kind: "above-page", align, page: slabPageBytes });
  else step.raise("misaligned", { kind: "not-power-of-two", align });
  return null;
}

export const poolExecutors: Executors = { pool: declarePool, slab: declareSlab };
