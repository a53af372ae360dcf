/** One bit a frame, 32 to a word, so that a run of frames is looked through and cleared a word at a time. */
export class FrameFlags {
  private words = new Int32Array(1);

  has(frame: number): boolean {
    return (this.words[frame >>> 5] & (1 << (frame & 31))) !== 0;
  }

  /** Sets the bit of a frame that there is room for. */
  add(frame: number): void {
    this.words[frame >>> 5] |= 1 << (frame & 31);
  }

  delete(frame: number): void {
    this.words[frame >>> 5] &= ~(1 << (frame & 31));
  }

  /** Makes room for the frames up to this one. */
  reserve(frame: number): void {
    const word = frame >>> 5;
    if (word < this.words.length) return;
    const longer = new Int32Array(Math.max(this.words.length * 2, word + 1));
    longer.set(this.words);
    this.words = longer;
  }

  /**
   * Clears the bits that are set from one frame on, up to the first frame whose bit is clear, which is returned, or up to
   * `end`. There is room for the frames below `end`, and the bits of those from there on are clear. O(frames / 32).
   */
  deleteRun(from: number, end: number): number {
    const { words } = this;
    let mask = -1 << (from & 31);
    for (let word = from >>> 5; word * 32 < end; word++) {
      const clear = ~words[word] & mask;
      if (clear !== 0) {
        const lowest = clear & -clear;
        words[word] &= ~(mask & (lowest - 1));
        return Math.min(end, word * 32 + 31 - Math.clz32(lowest));
      }
      words[word] &= ~mask;
      mask = -1;
    }
    return end;
  }
}
