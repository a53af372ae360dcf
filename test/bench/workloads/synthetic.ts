import { seededRandom, WorkloadBuilder, type Workload } from "./Workload";

/** A number between the bounds whose logarithm is uniform: as many requests in each doubling. */
function logUniform(random: () => number, least: number, most: number): number {
  return Math.floor(least * (most / least) ** random());
}

/** 90 % of the requests have 8 to 512 bytes, 9 % 512 bytes to 8 KiB, 1 % 8 to 128 KiB, each range log-uniform. */
function mixedSize(random: () => number): number {
  const kind = random();
  if (kind < 0.9) return logUniform(random, 8, 512);
  return kind < 0.99 ? logUniform(random, 512, 8192) : logUniform(random, 8192, 131_072);
}

/**
 * A seeded program of `operations` operations, the last frees included. It fills up to `live` blocks and stays between
 * half of that and all of it, turning around at random places; half of the frees take one of the 64 youngest blocks (short
 * lives), half any block; one operation in twenty resizes a block to between half and twice its size. Sizes: `mixedSize`.
 */
export function syntheticWorkload(name: string, operations: number, live: number, seed: number): Workload {
  const random = seededRandom(seed);
  const builder = new WorkloadBuilder();
  const blocks: { readonly slot: number; size: number }[] = [];
  const unused: number[] = [];
  let slots = 0;
  let isGrowing = true;
  while (builder.length + blocks.length < operations) {
    if (blocks.length >= live) isGrowing = false;
    else if (blocks.length <= live / 2) isGrowing = true;
    else if (random() < 1 / live) isGrowing = !isGrowing;
    if (blocks.length > 0 && random() < 0.05) {
      const block = blocks[Math.floor(random() * blocks.length)];
      block.size = Math.max(8, Math.floor(block.size * 2 ** (2 * random() - 1)));
      builder.reallocate(block.slot, block.size);
      continue;
    }
    if (blocks.length === 0 || random() < (isGrowing ? 0.6 : 0.4)) {
      const block = { slot: unused.pop() ?? slots++, size: mixedSize(random) };
      builder.allocate(block.slot, block.size);
      blocks.push(block);
      continue;
    }
    const reach = random() < 0.5 ? Math.min(64, blocks.length) : blocks.length;
    const index = blocks.length - 1 - Math.floor(random() * reach);
    const { slot } = blocks[index];
    blocks[index] = blocks[blocks.length - 1];
    blocks.pop();
    builder.free(slot);
    unused.push(slot);
  }
  return builder.build(name);
}

/**
 * `operations` random frees, each followed by an allocation in its place, around a fixed number of live blocks of 16 to
 * 512 bytes (uniform). Filling and emptying the heap is not timed.
 */
export function steadyState(live: number, operations: number, seed: number): Workload {
  const random = seededRandom(seed);
  const builder = new WorkloadBuilder();
  const size = (): number => 16 + Math.floor(random() * 497);
  for (let slot = 0; slot < live; slot++) builder.allocate(slot, size());
  builder.beginTimed();
  for (let done = 0; done < operations; done += 2) {
    const slot = Math.floor(random() * live);
    builder.free(slot);
    builder.allocate(slot, size());
  }
  builder.endTimed();
  return builder.build(`steady-${live}`);
}
