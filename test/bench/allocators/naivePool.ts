interface NaiveBlock {
  readonly address: number;
  readonly data: Uint8Array;
  isUsed: boolean;
}

/**
 * A pool of fixed-size blocks as a textbook writes it in JavaScript: an array of objects, `find` for a free one, `find`
 * for the one to be freed. Linear in the number of blocks. The peer of our pools.
 */
export class NaivePool {
  private readonly blocks: NaiveBlock[] = [];

  constructor(blockSize: number, count: number) {
    for (let index = 0; index < count; index++) {
      this.blocks.push({ address: index * blockSize, data: new Uint8Array(blockSize), isUsed: false });
    }
  }

  /** The block's address, -1 when all are used. */
  allocate(): number {
    const block = this.blocks.find((candidate) => !candidate.isUsed);
    if (block === undefined) return -1;
    block.isUsed = true;
    return block.address;
  }

  free(address: number): boolean {
    const block = this.blocks.find((candidate) => candidate.address === address);
    if (block?.isUsed !== true) return false;
    block.isUsed = false;
    return true;
  }
}
