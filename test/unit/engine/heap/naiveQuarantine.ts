/** Freed blocks in an array, the oldest first; whatever does not fit any more leaves at its front. */
export class NaiveQuarantine<Block extends { readonly size: number }> {
  readonly waiting: Block[] = [];

  constructor(private readonly limit: number) {}

  get bytes(): number {
    return this.waiting.reduce((sum, block) => sum + block.size, 0);
  }

  /** Takes a freed block in and returns the blocks that are free now. */
  push(block: Block): Block[] {
    this.waiting.push(block);
    const leaving: Block[] = [];
    while (this.bytes > this.limit) leaving.push(this.waiting.shift()!);
    return leaving;
  }
}
