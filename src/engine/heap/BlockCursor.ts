import { blockIsFree, blockIsUsed, Fact, rowBits, type BlockTable } from "./BlockTable";
import type { BlockState, HeapBlock } from "./blocks";
import type { HeapBlocks } from "./contract";

/** Goes through a heap's blocks from one on; `view` makes an object of a block. */
export class BlockCursor implements HeapBlocks {
  address = 0;
  size = 0;
  state: BlockState = "free";
  owner = -1;
  private id = -1;

  constructor(
    private readonly table: BlockTable,
    private following: number,
    private readonly view: (id: number) => HeapBlock,
  ) {}

  next(): boolean {
    const { table, following } = this;
    if (following < 0) return false;
    const { rows } = table;
    const row = following << rowBits;
    const state = rows[row | Fact.state];
    this.id = following;
    this.following = rows[row | Fact.next];
    this.address = rows[row];
    this.size = rows[row | Fact.size];
    this.state = state === blockIsUsed ? "used" : state === blockIsFree ? "free" : "quarantined";
    this.owner = state === blockIsFree ? -1 : rows[row | Fact.owner];
    return true;
  }

  block(): HeapBlock {
    return this.view(this.id);
  }
}
