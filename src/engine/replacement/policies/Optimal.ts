import type { ReplacementPolicy, ReplacementView } from "../contract";
import type { Future } from "../Future";
import { BitTree } from "../structures/BitTree";
import { FrameHeap } from "../structures/FrameHeap";
import { withIndex } from "../structures/growth";

interface Saved {
  /** In order of arrival. */
  readonly frames: Int32Array;
  readonly uses: Int32Array;
}

/**
 * The optimal policy (Belady 1966, MIN): the page leaves whose next use lies furthest ahead; of several never used
 * again, the one that came in last. With `worst`, its opposite: the page used next leaves; when none is used again, the
 * one that came in first. Both ties are those of OSTEP's paging-policy.py (OPT and UNOPT).
 *
 * Next uses are bits of a tree over the times to come: each step is a few word operations, O(log32 references).
 */
export class Optimal implements ReplacementPolicy {
  readonly timed = false;
  readonly followsUses = true;
  readonly looksAtBits = false;
  /** Times at which a known frame's page is used next. */
  private readonly uses = new BitTree();
  /** By such a time: the frame. */
  private readonly frameAt: Int32Array;
  /** By frame. */
  private nextUses = new Int32Array(0);
  private arrivals = new Float64Array(0);
  private arrivalCount = 0;
  /** Frames whose page is never used again, by arrival; the one to leave first on top. */
  private readonly unused = new FrameHeap();
  size = 0;

  /** @param future covers every reference; beyond its end no page is used again */
  constructor(
    private readonly future: Future,
    private readonly worst: boolean,
  ) {
    this.frameAt = new Int32Array(future.length);
  }

  advance(): number {
    return -1;
  }

  touch(frame: number, time: number): void {
    this.forget(frame);
    this.place(frame, time < this.future.length ? this.future.next[time] : this.future.length);
  }

  evict(): number {
    const frame = this.victim();
    this.remove(frame);
    return frame;
  }

  insert(frame: number, page: number, time: number): void {
    this.nextUses = withIndex(this.nextUses, frame, 0);
    this.arrivals = withIndex(this.arrivals, frame, 0);
    this.arrivals[frame] = this.arrivalCount++;
    this.place(frame, this.future.nextUse(page, time));
    this.size++;
  }

  remove(frame: number): void {
    this.forget(frame);
    this.size--;
  }

  view(): ReplacementView {
    const frames: number[] = [];
    for (let use = this.uses.next(0); use !== -1; use = this.uses.next(use + 1)) frames.push(this.frameAt[use]);
    const unused = this.unused.sorted();
    frames.push(...(this.worst ? unused : unused.reverse()));
    const values = frames.map((frame) => this.nextUses[frame]);
    return { lists: [{ name: "next use", frames, values }], ghosts: [], hand: -1 };
  }

  save(): unknown {
    const frames = Int32Array.from(this.view().lists[0].frames).sort((a, b) => this.arrivals[a] - this.arrivals[b]);
    const saved: Saved = { frames, uses: Int32Array.from(frames, (frame) => this.nextUses[frame]) };
    return saved;
  }

  load(saved: unknown): void {
    const { frames, uses } = saved as Saved;
    this.uses.clear();
    this.unused.clear();
    this.arrivalCount = 0;
    frames.forEach((frame, index) => {
      this.nextUses = withIndex(this.nextUses, frame, 0);
      this.arrivals = withIndex(this.arrivals, frame, 0);
      this.arrivals[frame] = this.arrivalCount++;
      this.place(frame, uses[index]);
    });
    this.size = frames.length;
  }

  checkInvariants(): string[] {
    const violations = this.unused.checkInvariants();
    const { frames, values } = this.view().lists[0];
    if (new Set(frames).size !== this.size)
      violations.push(`${this.size} frames are known, but ${frames.length} placed.`);
    frames.forEach((frame, index) => {
      const use = values[index];
      if (use < this.future.length && this.frameAt[use] !== frame) violations.push(`Frame ${frame} is misplaced.`);
    });
    return violations;
  }

  private victim(): number {
    if (this.worst) {
      const soonest = this.uses.min();
      return soonest === -1 ? this.unused.top : this.frameAt[soonest];
    }
    return this.unused.length > 0 ? this.unused.top : this.frameAt[this.uses.max()];
  }

  private place(frame: number, use: number): void {
    this.nextUses[frame] = use;
    if (use < this.future.length) {
      this.uses.add(use);
      this.frameAt[use] = frame;
    } else {
      this.unused.set(frame, this.worst ? this.arrivals[frame] : -this.arrivals[frame]);
    }
  }

  private forget(frame: number): void {
    const use = this.nextUses[frame];
    if (use < this.future.length) this.uses.delete(use);
    else this.unused.remove(frame);
  }
}
