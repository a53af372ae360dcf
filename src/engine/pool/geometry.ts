import { roundUp } from "../address";
import type { PoolOptions } from "./contract";

/** Where a pool's blocks lie, in bytes from its base. */
export interface PoolGeometry {
  /** Offset of the first block: its red zone, rounded up to the alignment. */
  readonly lead: number;
  /** Distance from one block to the next. */
  readonly stride: number;
}

/**
 * Each block has its red zone before and behind it (Valgrind's `CREATE_MEMPOOL`, rzB); red zone and block are rounded
 * up so that every block begins at a multiple of the alignment. Without both the blocks touch.
 */
export function poolGeometry({ blockSize, align, redzone }: Pick<PoolOptions, "blockSize" | "align" | "redzone">) {
  const lead = roundUp(redzone, align);
  return { lead, stride: roundUp(lead + blockSize + redzone, align) } satisfies PoolGeometry;
}

/** The options of a pool that says nothing but where, how large and how many. */
export function plainPool(
  name: string,
  base: number,
  blockSize: number,
  count: number,
  other: Partial<PoolOptions> = {},
): PoolOptions {
  const plain = { order: "lifo", align: 1, redzone: 0, zeroed: false, grow: 0, max: count, bytes: true } as const;
  return { ...plain, name, base, blockSize, count, ...other };
}
