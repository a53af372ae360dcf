import type { ReplacementView } from "../contract";
import { withIndex } from "../structures/growth";
import { ListPolicy } from "./ListPolicy";

interface Saved {
  readonly list: Int32Array;
  readonly uses: Float64Array;
}

/**
 * Least frequently used: the page with the fewest uses since it came in leaves; of several, the one used least recently.
 * A page that comes back begins at one use again. O(1) a reference (Shah, Mitra and Matani 2010): one list of frames
 * ordered by uses and then by recency, and for each run of equal uses its last frame. The head leaves.
 */
export class Lfu extends ListPolicy {
  /** By frame. */
  private uses = new Float64Array(0);
  private runs = new Int32Array(0);
  /** By run: its last frame. */
  private ends = new Int32Array(0);
  private readonly unusedRuns: number[] = [];
  private runCount = 0;

  constructor() {
    super("uses");
  }

  touch(frame: number): void {
    const { list, uses, runs, ends } = this;
    const run = runs[frame];
    const end = ends[run];
    const wanted = uses[frame] + 1;
    const after = list.after(end);
    if (after !== -1 && uses[after] === wanted) {
      this.leaveRun(frame);
      const target = runs[after];
      list.moveAfter(frame, ends[target]);
      runs[frame] = target;
      ends[target] = frame;
    } else if (end === frame && (list.before(frame) === -1 || runs[list.before(frame)] !== run)) {
      // Alone in its run, which simply gets one use more.
    } else {
      this.leaveRun(frame);
      if (end !== frame) list.moveAfter(frame, end);
      this.beginRun(frame);
    }
    uses[frame] = wanted;
  }

  evict(): number {
    const frame = this.list.first;
    this.remove(frame);
    return frame;
  }

  override insert(frame: number): void {
    this.growTo(frame);
    this.uses[frame] = 1;
    const { first } = this.list;
    if (first === -1 || this.uses[first] !== 1) {
      this.list.insertAfter(frame, -1);
      this.beginRun(frame);
      return;
    }
    const run = this.runs[first];
    this.list.insertAfter(frame, this.ends[run]);
    this.runs[frame] = run;
    this.ends[run] = frame;
  }

  override remove(frame: number): void {
    this.leaveRun(frame);
    this.list.remove(frame);
  }

  override view(): ReplacementView {
    const frames = this.list.toArray();
    return { lists: [{ name: "uses", frames, values: frames.map((frame) => this.uses[frame]) }], ghosts: [], hand: -1 };
  }

  override save(): unknown {
    const list = this.list.save();
    const saved: Saved = { list, uses: Float64Array.from(list, (frame) => this.uses[frame]) };
    return saved;
  }

  override load(saved: unknown): void {
    const { list, uses } = saved as Saved;
    this.list.load(list);
    this.unusedRuns.length = 0;
    this.runCount = 0;
    list.forEach((frame, index) => {
      this.growTo(frame);
      this.uses[frame] = uses[index];
      if (index === 0 || uses[index - 1] !== uses[index]) this.beginRun(frame);
      else this.runs[frame] = this.runs[list[index - 1]];
      this.ends[this.runs[frame]] = frame;
    });
  }

  override checkInvariants(): string[] {
    const violations = this.list.checkInvariants();
    for (const frame of this.list.toArray()) {
      const after = this.list.after(frame);
      const ends = after === -1 || this.uses[after] !== this.uses[frame];
      if (ends !== (this.ends[this.runs[frame]] === frame)) violations.push(`The run of frame ${frame} ends wrongly.`);
      if (after !== -1 && this.uses[after] < this.uses[frame]) violations.push(`Frame ${frame} precedes fewer uses.`);
      if (!ends && this.runs[after] !== this.runs[frame]) violations.push(`Frame ${frame} is not in its run.`);
    }
    return violations;
  }

  private growTo(frame: number): void {
    this.uses = withIndex(this.uses, frame, 0);
    this.runs = withIndex(this.runs, frame, 0);
  }

  private beginRun(frame: number): void {
    const run = this.unusedRuns.pop() ?? this.runCount++;
    this.ends = withIndex(this.ends, run, -1);
    this.runs[frame] = run;
    this.ends[run] = frame;
  }

  /** To be called while the frame still has its place in the list. */
  private leaveRun(frame: number): void {
    const run = this.runs[frame];
    if (this.ends[run] !== frame) return;
    const before = this.list.before(frame);
    if (before !== -1 && this.runs[before] === run) this.ends[run] = before;
    else this.unusedRuns.push(run);
  }
}
