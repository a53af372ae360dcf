import type { ReplacementPolicy, ReplacementView } from "../contract";
import { FrameList } from "../structures/FrameList";
import { withIndex } from "../structures/growth";

interface Saved {
  readonly list: Int32Array;
  readonly lastUses: Float64Array;
}

/**
 * The working set (Denning 1968): before each reference, pages that were not among the last `window` references leave,
 * though nothing needs their frames. So a reference faults if and only if its page was last used more than `window`
 * references ago. When memory is smaller than the working set, the page used least recently leaves. The head of the
 * list is used least recently. O(1) a reference.
 */
export class WorkingSet implements ReplacementPolicy {
  readonly timed = true;
  readonly followsUses = true;
  readonly looksAtBits = false;
  /** By frame: the time of the last reference. */
  private lastUses = new Float64Array(0);

  private readonly list = new FrameList();

  /** @param window Denning's τ in references, 1 or more */
  constructor(private readonly window: number) {}

  get size(): number {
    return this.list.length;
  }

  advance(time: number): number {
    const frame = this.list.first;
    if (frame === -1 || this.lastUses[frame] + this.window >= time) return -1;
    this.list.remove(frame);
    return frame;
  }

  touch(frame: number, time: number): void {
    this.lastUses[frame] = time;
    this.list.moveToBack(frame);
  }

  evict(): number {
    const frame = this.list.first;
    this.list.remove(frame);
    return frame;
  }

  insert(frame: number, _page: number, time: number): void {
    this.lastUses = withIndex(this.lastUses, frame, 0);
    this.lastUses[frame] = time;
    this.list.append(frame);
  }

  remove(frame: number): void {
    this.list.remove(frame);
  }

  view(): ReplacementView {
    const frames = this.list.toArray();
    const values = frames.map((frame) => this.lastUses[frame]);
    return { lists: [{ name: "recency", frames, values }], ghosts: [], hand: -1 };
  }

  save(): unknown {
    const list = this.list.save();
    const saved: Saved = { list, lastUses: Float64Array.from(list, (frame) => this.lastUses[frame]) };
    return saved;
  }

  load(saved: unknown): void {
    const { list, lastUses } = saved as Saved;
    this.list.load(list);
    list.forEach((frame, index) => {
      this.lastUses = withIndex(this.lastUses, frame, 0);
      this.lastUses[frame] = lastUses[index];
    });
  }

  checkInvariants(): string[] {
    const violations = this.list.checkInvariants();
    let last = -1;
    for (const frame of this.list.toArray()) {
      if (this.lastUses[frame] < last) violations.push(`Frame ${frame} stands behind one that was used later.`);
      last = this.lastUses[frame];
    }
    return violations;
  }
}
