import type { ReplacementPolicy, ReplacementView } from "../contract";
import type { Future } from "../Future";
import { BitTree } from "../structures/BitTree";
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
 * Next uses are bits of a tree over the times to come, pages without one bits of a tree over the arrivals: each step is a
 * few word operations, O(log32 references). A use that comes about leaves its bit behind: it is taken out, once, when it
 * gets in the way of a victim.
 */
export class Optimal implements ReplacementPolicy {
  readonly timed = false;
  readonly followsUses = true;
  readonly looksAtBits = false;
  /** Times at which a known frame's page is used next, and times that have passed. */
  private readonly uses = new BitTree();
  /** By such a time: the frame. */
  private readonly frameAt: Int32Array;
  /** By frame; `horizon` for never. */
  private nextUses = new Int32Array(0);
  /** By frame: how many pages came in before its page. */
  private arrivals = new Int32Array(0);
  private arrivalCount = 0;
  /** By arrival: the frame. */
  private arrived = new Int32Array(0);
  /** Arrivals of the pages that are never used again. */
  private readonly unused = new BitTree();
  /** Times below this are foreseen. */
  private readonly horizon: number;
  size = 0;

  /** @param future covers every reference; beyond its end no page is used again */
  constructor(
    private readonly future: Future,
    private readonly worst: boolean,
  ) {
    this.horizon = future.length;
    this.frameAt = new Int32Array(this.horizon);
  }

  advance(): number {
    return -1;
  }

  /** The uses of one page are gone along, whatever the future says of this time: a run may differ from what was foreseen. */
  touch(frame: number, time: number): void {
    let use = this.nextUses[frame];
    if (use !== time) this.forget(frame);
    while (use <= time && use < this.horizon) use = this.future.next[use];
    this.place(frame, use);
  }

  evict(): number {
    const frame = this.victim();
    this.remove(frame);
    return frame;
  }

  insert(frame: number, page: number, time: number): void {
    this.arrive(frame, this.future.nextUse(page, time));
    this.size++;
  }

  remove(frame: number): void {
    this.forget(frame);
    this.size--;
  }

  view(): ReplacementView {
    const used: number[] = [];
    for (let use = this.uses.next(0); use !== -1; use = this.uses.next(use + 1))
      if (this.isAhead(use)) used.push(this.frameAt[use]);
    const unused: number[] = [];
    for (let at = this.unused.next(0); at !== -1; at = this.unused.next(at + 1)) unused.push(this.arrived[at]);
    const frames = [...used, ...(this.worst ? unused : unused.reverse())];
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
    frames.forEach((frame, index) => this.arrive(frame, uses[index]));
    this.size = frames.length;
  }

  checkInvariants(): string[] {
    const violations: string[] = [];
    const { frames, values } = this.view().lists[0];
    if (new Set(frames).size !== this.size)
      violations.push(`${this.size} frames are known, but ${frames.length} placed.`);
    frames.forEach((frame, index) => {
      const [place, map] =
        values[index] < this.horizon ? [values[index], this.frameAt] : [this.arrivals[frame], this.arrived];
      if (map[place] !== frame) violations.push(`Frame ${frame} is misplaced.`);
    });
    return violations;
  }

  private victim(): number {
    if (this.worst) {
      const soonest = this.extremeUse();
      return soonest === -1 ? this.arrived[this.unused.min()] : this.frameAt[soonest];
    }
    const latest = this.unused.max();
    return latest === -1 ? this.frameAt[this.extremeUse()] : this.arrived[latest];
  }

  /** The last use to come, with `worst` the first one, or -1. */
  private extremeUse(): number {
    for (;;) {
      const use = this.worst ? this.uses.min() : this.uses.max();
      if (use === -1 || this.isAhead(use)) return use;
      this.uses.delete(use);
    }
  }

  private isAhead(use: number): boolean {
    return this.nextUses[this.frameAt[use]] === use;
  }

  private arrive(frame: number, use: number): void {
    this.nextUses = withIndex(this.nextUses, frame, 0);
    this.arrivals = withIndex(this.arrivals, frame, 0);
    this.arrived = withIndex(this.arrived, this.arrivalCount, 0);
    this.arrived[this.arrivalCount] = frame;
    this.arrivals[frame] = this.arrivalCount++;
    this.place(frame, use);
  }

  private place(frame: number, use: number): void {
    this.nextUses[frame] = use;
    if (use < this.horizon) {
      this.uses.add(use);
      this.frameAt[use] = frame;
    } else this.unused.add(this.arrivals[frame]);
  }

  private forget(frame: number): void {
    const use = this.nextUses[frame];
    if (use < this.horizon) this.uses.delete(use);
    else this.unused.delete(this.arrivals[frame]);
  }
}
