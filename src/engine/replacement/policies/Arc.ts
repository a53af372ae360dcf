import type { ReplacementPolicy, ReplacementView } from "../contract";
import { FrameList } from "../structures/FrameList";
import { GhostList } from "../structures/GhostList";
import { withIndex } from "../structures/growth";

type Saved = ReturnType<Arc["save"]>;

/**
 * Adaptive replacement cache (Megiddo and Modha 2003, figure 4). Pages used once are in one list, T1, pages used again in
 * another, T2, both by recency with the head used least recently; ghosts of each, B1 and B2, move the target size `p` of
 * T1 when they come back. T1 and B1 together hold at most `capacity` pages, all four at most twice as many. O(1).
 *
 * The paper trims the ghosts ahead of a replacement; here they are trimmed once the new page is in, which drops the same
 * pages and needs no cases of its own when pages left by `remove`.
 */
export class Arc implements ReplacementPolicy {
  readonly timed = false;
  readonly followsUses = true;
  readonly looksAtBits = false;
  private readonly recent = new FrameList();
  private readonly frequent = new FrameList();
  private readonly recentGhosts = new GhostList();
  private readonly frequentGhosts = new GhostList();
  /** By frame. */
  private pages = new Float64Array(0);
  /** Wanted size of T1, from 0 to the capacity. */
  private target = 0;
  /** The page that an eviction made room for, -1 when none is awaited, and whether it was a ghost. */
  private awaited = -1;
  private awaitedGhost = false;

  /** @param capacity frames of the memory, 1 or more */
  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.recent.length + this.frequent.length;
  }

  advance(): number {
    return -1;
  }

  touch(frame: number): void {
    if (this.frequent.has(frame)) {
      this.frequent.moveToBack(frame);
      return;
    }
    this.recent.remove(frame);
    this.frequent.append(frame);
  }

  evict(page: number): number {
    const { recent, frequent } = this;
    const fromFrequent = this.frequentGhosts.has(page);
    this.await(page);
    const wanted = this.target;
    const takesRecent = recent.length > wanted || (fromFrequent && recent.length === wanted);
    if (recent.length > 0 && (takesRecent || frequent.length === 0)) {
      const frame = recent.first;
      recent.remove(frame);
      this.recentGhosts.push(this.pages[frame]);
      return frame;
    }
    const frame = frequent.first;
    frequent.remove(frame);
    this.frequentGhosts.push(this.pages[frame]);
    return frame;
  }

  insert(frame: number, page: number): void {
    if (this.awaited !== page) this.await(page);
    this.awaited = -1;
    this.pages = withIndex(this.pages, frame, -1);
    this.pages[frame] = page;
    (this.awaitedGhost ? this.frequent : this.recent).append(frame);
    this.trim();
  }

  remove(frame: number): void {
    (this.recent.has(frame) ? this.recent : this.frequent).remove(frame);
  }

  view(): ReplacementView {
    return {
      lists: [
        { name: "T1", frames: this.recent.toArray(), values: [] },
        { name: "T2", frames: this.frequent.toArray(), values: [] },
      ],
      ghosts: [
        { name: "B1", pages: this.recentGhosts.toArray() },
        { name: "B2", pages: this.frequentGhosts.toArray() },
      ],
      hand: -1,
    };
  }

  save() {
    return {
      recent: this.recent.save(),
      frequent: this.frequent.save(),
      pages: Float64Array.from([...this.recent.toArray(), ...this.frequent.toArray()], (frame) => this.pages[frame]),
      recentGhosts: this.recentGhosts.save(),
      frequentGhosts: this.frequentGhosts.save(),
      target: this.target,
    };
  }

  load(saved: unknown): void {
    const { recent, frequent, pages, recentGhosts, frequentGhosts, target } = saved as Saved;
    this.recent.load(recent);
    this.frequent.load(frequent);
    [...recent, ...frequent].forEach((frame, index) => {
      this.pages = withIndex(this.pages, frame, -1);
      this.pages[frame] = pages[index];
    });
    this.recentGhosts.load(recentGhosts);
    this.frequentGhosts.load(frequentGhosts);
    this.target = target;
    this.awaited = -1;
  }

  checkInvariants(): string[] {
    const { recent, frequent, recentGhosts, frequentGhosts, capacity } = this;
    const violations = [...recent.checkInvariants(), ...frequent.checkInvariants()];
    const once = recent.length + recentGhosts.length;
    if (once > capacity) violations.push(`T1 and B1 hold ${once} pages, more than ${capacity}.`);
    const all = once + frequent.length + frequentGhosts.length;
    if (all > 2 * capacity) violations.push(`The lists hold ${all} pages, more than twice ${capacity}.`);
    if (this.target < 0 || this.target > capacity) violations.push(`The target ${this.target} is out of range.`);
    for (const frame of recent.toArray()) if (frequent.has(frame)) violations.push(`Frame ${frame} is in both lists.`);
    return violations;
  }

  /** Learns from a page that comes in: a ghost says which list was too small. */
  private await(page: number): void {
    const { recentGhosts, frequentGhosts } = this;
    const recent = recentGhosts.length;
    const frequent = frequentGhosts.length;
    this.awaited = page;
    this.awaitedGhost = true;
    if (recentGhosts.delete(page)) this.target = Math.min(this.capacity, this.target + Math.max(1, frequent / recent));
    else if (frequentGhosts.delete(page)) this.target = Math.max(0, this.target - Math.max(1, recent / frequent));
    else this.awaitedGhost = false;
  }

  private trim(): void {
    const { recent, recentGhosts, frequent, frequentGhosts, capacity } = this;
    while (recent.length + recentGhosts.length > capacity && recentGhosts.length > 0) recentGhosts.dropOldest();
    while (recent.length + recentGhosts.length + frequent.length + frequentGhosts.length > 2 * capacity)
      frequentGhosts.dropOldest();
  }
}
