import { toHex } from "../../engine/address";
import { Pool } from "../../engine/pool/Pool";
import { bytes } from "../problems/wording";
import { newRegionName, placeRegion } from "../regionBase";
import type { Step } from "../Step";

/** `pool NAME BLOCKSIZE x COUNT`. */
export function declarePool(step: Step): void {
  const { limits, world } = step;
  const name = newRegionName(step, "pool");
  const blockSize = step.whole(step.operand("size"), "The block size", 1, "invalid-size");
  const count = step.whole(step.operand("count"), "The number of blocks", 1, "invalid-size");
  if (name === null || blockSize === null || count === null) return;
  if (blockSize * count > limits.memory) {
    step.exceed("memory", `A pool of ${count} blocks of ${bytes(blockSize)} is too large`);
    return;
  }
  if (count > limits.blocks) {
    step.exceed("blocks", `A pool of ${count} blocks has too many`);
    return;
  }
  const base = placeRegion(step, blockSize * count);
  if (base === null) return;
  const order = step.word(step.option("order")) === "fifo" ? "fifo" : "lifo";
  const pool = new Pool({ name, base, blockSize, count, order, bytes: true }, world.log);
  world.pools.set(name, pool);
  step.story = `Pool \`${name}\` of ${count} blocks of ${bytes(blockSize)} at ${toHex(base)}, ${order} order.`;
}
