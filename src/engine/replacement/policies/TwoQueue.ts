import type { ReplacementPolicy, ReplacementView } from "../contract";
import { FrameList } from "../structures/FrameList";
import { GhostList } from "../structures/GhostList";
import { withIndex } from "../structures/growth";

interface Saved {
  readonly recent: Int32Array;
  readonly frequent: Int32Array;
  readonly recentPages: Float64Array;
  readonly ghosts: Float64Array;
}

/**
 * 2Q, the full version (Johnson and Shasha 1994). New pages wait in a first-in first-out queue, A1in, whose victims are
 * remembered in A1out; a page that comes back from there joins Am, a list by recency. When A1in holds more than a quarter
 * of the frames its oldest page leaves, else the page of Am used least recently, or A1in's oldest when Am is empty.
 * A1out remembers half as many pages as there are frames. Both shares are rounded down, but at least 1, as the paper
 * recommends them. A use of a page in A1in changes nothing. Heads are oldest. O(1).
 */
export class TwoQueue implements ReplacementPolicy {
  readonly timed = false;
  readonly followsUses = true;
  readonly looksAtBits = false;
  private readonly recent = new FrameList();
  private readonly frequent = new FrameList();
  private readonly ghosts = new GhostList();
  private readonly recentLimit: number;
  private readonly ghostLimit: number;
  /** By frame. */
  private pages = new Float64Array(0);
  /** A page that is coming back: the eviction for it may drop it from A1out. */
  private returning = -1;

  /** @param capacity frames of the memory, 1 or more */
  constructor(capacity: number) {
    this.recentLimit = Math.max(1, Math.floor(capacity / 4));
    this.ghostLimit = Math.max(1, Math.floor(capacity / 2));
  }

  get size(): number {
    return this.recent.length + this.frequent.length;
  }

  advance(): number {
    return -1;
  }

  touch(frame: number): void {
    if (this.frequent.has(frame)) this.frequent.moveToBack(frame);
  }

  evict(page: number): number {
    const { recent, frequent, ghosts } = this;
    this.returning = ghosts.has(page) ? page : -1;
    if (recent.length > this.recentLimit || frequent.length === 0) {
      const frame = recent.first;
      recent.remove(frame);
      ghosts.push(this.pages[frame]);
      if (ghosts.length > this.ghostLimit) ghosts.dropOldest();
      return frame;
    }
    const frame = frequent.first;
    frequent.remove(frame);
    return frame;
  }

  insert(frame: number, page: number): void {
    const returns = this.ghosts.delete(page) || this.returning === page;
    this.returning = -1;
    this.pages = withIndex(this.pages, frame, -1);
    this.pages[frame] = page;
    (returns ? this.frequent : this.recent).append(frame);
  }

  remove(frame: number): void {
    (this.recent.has(frame) ? this.recent : this.frequent).remove(frame);
  }

  view(): ReplacementView {
    return {
      lists: [
        { name: "A1in", frames: this.recent.toArray(), values: [] },
        { name: "Am", frames: this.frequent.toArray(), values: [] },
      ],
      ghosts: [{ name: "A1out", pages: this.ghosts.toArray() }],
      hand: -1,
    };
  }

  save(): unknown {
    const recent = this.recent.save();
    const saved: Saved = {
      recent,
      frequent: this.frequent.save(),
      recentPages: Float64Array.from(recent, (frame) => this.pages[frame]),
      ghosts: this.ghosts.save(),
    };
    return saved;
  }

  load(saved: unknown): void {
    const { recent, frequent, recentPages, ghosts } = saved as Saved;
    this.recent.load(recent);
    this.frequent.load(frequent);
    recent.forEach((frame, index) => {
      this.pages = withIndex(this.pages, frame, -1);
      this.pages[frame] = recentPages[index];
    });
    this.ghosts.load(ghosts);
    this.returning = -1;
  }

  checkInvariants(): string[] {
    const { recent, frequent, ghosts } = this;
    const violations = [...recent.checkInvariants(), ...frequent.checkInvariants()];
    if (ghosts.length > this.ghostLimit) violations.push(`A1out holds ${ghosts.length} pages, too many.`);
    for (const frame of recent.toArray()) if (frequent.has(frame)) violations.push(`Frame ${frame} is in both lists.`);
    return violations;
  }
}
