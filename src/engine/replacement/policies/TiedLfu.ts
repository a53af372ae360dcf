import type { ReplacementPolicy, ReplacementView } from "../contract";
import { FrameHeap } from "../structures/FrameHeap";
import { withIndex } from "../structures/growth";

interface Saved {
  /** From the one that leaves first on. */
  readonly frames: Int32Array;
  readonly uses: Float64Array;
  readonly ranks: Float64Array;
  readonly arrivals: number;
}

/**
 * Least frequently used, where of several pages with the fewest uses the one that came in first leaves, or the one in the
 * frame with the lowest number. O(log frames) a reference.
 */
export class TiedLfu implements ReplacementPolicy {
  readonly timed = false;
  readonly followsUses = true;
  readonly looksAtBits = false;
  private readonly order = new FrameHeap();
  /** By frame. */
  private uses = new Float64Array(0);
  private arrivals = 0;

  constructor(private readonly ties: "arrival" | "frame") {}

  get size(): number {
    return this.order.length;
  }

  advance(): number {
    return -1;
  }

  touch(frame: number): void {
    this.order.set(frame, ++this.uses[frame], this.order.rankOf(frame));
  }

  evict(): number {
    const frame = this.order.top;
    this.order.remove(frame);
    return frame;
  }

  insert(frame: number): void {
    this.place(frame, 1, this.ties === "arrival" ? this.arrivals++ : frame);
  }

  remove(frame: number): void {
    this.order.remove(frame);
  }

  view(): ReplacementView {
    const frames = this.order.sorted();
    return { lists: [{ name: "uses", frames, values: frames.map((frame) => this.uses[frame]) }], ghosts: [], hand: -1 };
  }

  save(): unknown {
    const frames = Int32Array.from(this.order.sorted());
    const saved: Saved = {
      frames,
      uses: Float64Array.from(frames, (frame) => this.uses[frame]),
      ranks: Float64Array.from(frames, (frame) => this.order.rankOf(frame)),
      arrivals: this.arrivals,
    };
    return saved;
  }

  load(saved: unknown): void {
    const { frames, uses, ranks, arrivals } = saved as Saved;
    this.order.clear();
    frames.forEach((frame, index) => this.place(frame, uses[index], ranks[index]));
    this.arrivals = arrivals;
  }

  checkInvariants(): string[] {
    return this.order.checkInvariants();
  }

  private place(frame: number, uses: number, rank: number): void {
    this.uses = withIndex(this.uses, frame, 0);
    this.uses[frame] = uses;
    this.order.set(frame, uses, rank);
  }
}
