import type { ReplacementPolicy, ReplacementView } from "../contract";
import { withIndex } from "../structures/growth";

interface Saved {
  readonly frames: Int32Array;
  readonly limit: number;
  readonly hand: number;
}

/**
 * What the clocks share: the known frames in a circle, in the order of their numbers, and a hand that goes round. Frames
 * that are not known are passed over, so the hand is quickest where a policy knows most frames up to its highest one.
 */
export abstract class HandPolicy implements ReplacementPolicy {
  readonly timed = false;
  readonly followsUses: boolean = true;
  readonly looksAtBits = true;
  /** By frame: 1 when it is known. */
  protected known = new Uint8Array(0);
  /** Frames are below this. */
  protected limit = 0;
  /** Where the hand looks next, below the limit; a frame that is not known stands for the next known one. */
  protected hand = 0;
  size = 0;

  advance(): number {
    return -1;
  }

  abstract touch(frame: number): void;

  abstract evict(page: number, time: number): number;

  abstract insert(frame: number, page: number, time: number): void;

  remove(frame: number): void {
    this.known[frame] = 0;
    this.size--;
  }

  view(): ReplacementView {
    const frames = this.frames();
    const ahead = frames.find((frame) => frame >= this.hand) ?? frames[0];
    return { lists: [{ name: "circle", frames, values: [] }], ghosts: [], hand: this.size === 0 ? -1 : ahead };
  }

  save(): unknown {
    const saved: Saved = { frames: Int32Array.from(this.frames()), limit: this.limit, hand: this.hand };
    return saved;
  }

  load(saved: unknown): void {
    const { frames, limit, hand } = saved as Saved;
    this.known.fill(0);
    this.size = 0;
    for (const frame of frames) this.insert(frame, -1, -1);
    this.limit = limit;
    this.known = withIndex(this.known, limit - 1, 0);
    this.hand = hand;
  }

  checkInvariants(): string[] {
    const known = this.frames().length;
    return known === this.size ? [] : [`The clock says ${this.size} frames and holds ${known}.`];
  }

  protected add(frame: number): void {
    this.known = withIndex(this.known, frame, 0);
    this.known[frame] = 1;
    if (frame >= this.limit) this.limit = frame + 1;
    this.size++;
  }

  /** The known frame at the hand, which then looks behind it; some frame must be known. */
  protected step(): number {
    const { known, limit } = this;
    let frame = this.hand;
    while (known[frame] === 0) frame = frame + 1 < limit ? frame + 1 : 0;
    this.moveBehind(frame);
    return frame;
  }

  protected moveBehind(frame: number): void {
    this.hand = frame + 1 < this.limit ? frame + 1 : 0;
  }

  private frames(): number[] {
    const frames: number[] = [];
    for (let frame = 0; frame < this.limit; frame++) if (this.known[frame] === 1) frames.push(frame);
    return frames;
  }
}
