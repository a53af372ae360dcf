import type { ReplacementView } from "../contract";
import type { MersenneTwister } from "../MersenneTwister";
import { withIndex } from "../structures/growth";
import { DrawPolicy } from "./DrawPolicy";

interface Saved {
  readonly random: unknown;
  readonly chances: Uint8Array;
}

/**
 * The "clock" of OSTEP's paging-policy.py, which has no hand: pages are drawn at random until one has no chances left; a
 * page drawn before loses one. A page comes in with one chance, and each use gives it one more, up to `maximum`.
 */
export class RandomClock extends DrawPolicy {
  /** By frame. */
  private chances = new Uint8Array(0);

  /** @param maximum from 1 to 255; OSTEP's `clockbits`, 2 there by default */
  constructor(
    generator: MersenneTwister,
    private readonly maximum: number,
  ) {
    super(generator);
  }

  touch(frame: number): void {
    if (this.chances[frame] < this.maximum) this.chances[frame]++;
  }

  evict(): number {
    let frame = this.draw();
    for (; this.chances[frame] > 0; frame = this.draw()) this.chances[frame]--;
    this.remove(frame);
    return frame;
  }

  override insert(frame: number): void {
    super.insert(frame);
    this.chances = withIndex(this.chances, frame, 0);
    this.chances[frame] = 1;
  }

  override view(): ReplacementView {
    const frames = this.arrival.toArray();
    const values = frames.map((frame) => this.chances[frame]);
    return { lists: [{ name: "arrival", frames, values }], ghosts: [], hand: -1 };
  }

  override save(): unknown {
    const frames = this.arrival.toArray();
    const saved: Saved = { random: super.save(), chances: Uint8Array.from(frames, (frame) => this.chances[frame]) };
    return saved;
  }

  override load(saved: unknown): void {
    const { random, chances } = saved as Saved;
    super.load(random);
    this.arrival.toArray().forEach((frame, index) => {
      this.chances = withIndex(this.chances, frame, 0);
      this.chances[frame] = chances[index];
    });
  }
}
