import type { FrameBits, ReplacementPolicy } from "../../../../src/engine/replacement/contract";

/** What the naive memory asks of a policy. */
export type NaivePolicy = Pick<
  ReplacementPolicy,
  "timed" | "looksAtBits" | "size" | "advance" | "touch" | "evict" | "insert" | "remove"
>;

/** First in first out, least recently used and clock over plain arrays. */
export class ArrayPolicy implements NaivePolicy {
  readonly timed = false;
  frames: number[] = [];
  private hand = 0;
  private highest = -1;

  constructor(
    private readonly name: "fifo" | "lru" | "clock",
    private readonly bits: FrameBits,
  ) {}

  get looksAtBits(): boolean {
    return this.name === "clock";
  }

  get size(): number {
    return this.frames.length;
  }

  advance(): number {
    return -1;
  }

  touch(frame: number): void {
    if (!this.frames.includes(frame)) throw new Error(`frame ${frame} is not known`);
    if (this.name === "lru") this.frames = [...this.frames.filter((other) => other !== frame), frame];
  }

  insert(frame: number): void {
    if (this.frames.includes(frame)) throw new Error(`frame ${frame} is known already`);
    this.highest = Math.max(this.highest, frame);
    this.frames.push(frame);
  }

  remove(frame: number): void {
    if (!this.frames.includes(frame)) throw new Error(`frame ${frame} is not known`);
    this.frames = this.frames.filter((other) => other !== frame);
  }

  evict(): number {
    const victim = this.name === "clock" ? this.sweep() : this.frames[0];
    this.remove(victim);
    return victim;
  }

  private sweep(): number {
    for (;;) {
      const frame = this.hand;
      this.hand = frame >= this.highest ? 0 : frame + 1;
      if (!this.frames.includes(frame)) continue;
      if (!this.bits.referenced(frame)) return frame;
      this.bits.clearReferenced(frame);
    }
  }
}
