import type { FrameBits, ReplacementView } from "../contract";
import { BitTree } from "../structures/BitTree";
import { FrameList } from "../structures/FrameList";
import { withIndex } from "../structures/growth";
import { HandPolicy } from "./HandPolicy";

interface Saved {
  readonly circle: unknown;
  /** Frames by ascending time at which they were seen in use. */
  readonly frames: Int32Array;
  readonly seen: Float64Array;
}

/**
 * WSClock (Carr and Hennessy 1981, in the form of Tanenbaum, 3.4.9). The hand clears a set reference bit and notes the
 * time; a page found without one, last seen in use `window` or more references ago and clean, leaves; if it is dirty, it
 * is written back and passed over, since a write takes a while. When the first round finds no victim, the first page
 * written back leaves; if none was, all pages are in the working set and the first clean one leaves, or the one at the
 * hand when all are dirty. The hand then stands behind the victim.
 *
 * The hand does not look at frames one by one: trees lead it to those that are referenced and those that are old.
 * O(log32 frames) amortized, since each bit cleared was set by a reference.
 */
export class WsClock extends HandPolicy {
  /** By frame: when a reference bit was last found set, or the page came in. */
  private seen = new Float64Array(0);
  /** Frames whose reference bit is set. */
  private readonly referenced = new BitTree();
  private readonly clean = new BitTree();
  /** Frames not referenced whose page was seen `window` or more references before the last eviction. */
  private readonly old = new BitTree();
  /** The other frames by `seen`; without those that turned old and were referenced since. */
  private readonly young = new FrameList();

  /** @param window τ in references, 1 or more */
  constructor(
    private readonly bits: FrameBits,
    private readonly window: number,
  ) {
    super();
  }

  touch(frame: number): void {
    this.referenced.add(frame);
    this.old.delete(frame);
    if (this.bits.dirty(frame)) this.clean.delete(frame);
  }

  evict(_page: number, time: number): number {
    const start = this.hand;
    this.collectOld(time);
    const { found, written } = this.searchOld(start);
    this.clearReferenced(start, found, time);
    let victim = found === -1 ? written : found;
    if (victim === -1) victim = this.clean.nextAround(start);
    if (victim === -1) victim = this.step();
    this.moveBehind(victim);
    this.remove(victim);
    return victim;
  }

  insert(frame: number, _page: number, time: number): void {
    this.add(frame);
    this.seen = withIndex(this.seen, frame, 0);
    this.seen[frame] = time;
    this.young.append(frame);
    if (this.bits.referenced(frame)) this.referenced.add(frame);
    if (!this.bits.dirty(frame)) this.clean.add(frame);
  }

  override remove(frame: number): void {
    super.remove(frame);
    if (this.young.has(frame)) this.young.remove(frame);
    for (const tree of [this.referenced, this.clean, this.old]) tree.delete(frame);
  }

  override view(): ReplacementView {
    const view = super.view();
    const [{ name, frames }] = view.lists;
    return { ...view, lists: [{ name, frames, values: frames.map((frame) => this.seen[frame]) }] };
  }

  override save(): unknown {
    const frames = Int32Array.from(super.view().lists[0].frames).sort((a, b) => this.seen[a] - this.seen[b]);
    const saved: Saved = { circle: super.save(), frames, seen: Float64Array.from(frames, (frame) => this.seen[frame]) };
    return saved;
  }

  override load(saved: unknown): void {
    const { circle, frames, seen } = saved as Saved;
    for (const tree of [this.referenced, this.clean, this.old]) tree.clear();
    this.young.load(new Int32Array(0));
    super.load(circle);
    // The next eviction sorts out which of them are old.
    this.young.load(frames);
    frames.forEach((frame, index) => (this.seen[frame] = seen[index]));
  }

  override checkInvariants(): string[] {
    const violations = [...super.checkInvariants(), ...this.young.checkInvariants()];
    for (const frame of super.view().lists[0].frames) {
      const referenced = this.bits.referenced(frame);
      if (this.referenced.has(frame) !== referenced) violations.push(`The reference bit of frame ${frame} is missed.`);
      if (this.clean.has(frame) === this.bits.dirty(frame))
        violations.push(`The dirty bit of frame ${frame} is missed.`);
      if (!referenced && this.old.has(frame) === this.young.has(frame))
        violations.push(`Frame ${frame} must be either old or young.`);
    }
    return violations;
  }

  /** Lets the frames that left the window go from young to old; a referenced one waits for the hand to see it. */
  private collectOld(time: number): void {
    const { young, seen, window } = this;
    for (let frame = young.first; frame !== -1 && seen[frame] + window <= time; frame = young.first) {
      young.remove(frame);
      if (!this.bits.referenced(frame)) this.old.add(frame);
    }
  }

  /** The first old clean page from the hand on, or -1; writes the old dirty ones before it, of which it tells the first. */
  private searchOld(start: number): { found: number; written: number } {
    const { bits, old } = this;
    let written = -1;
    let unwritten = -1;
    for (let frame = old.nextAround(start); frame !== -1; frame = old.nextAround(frame + 1)) {
      // A page written back is clean: all old ones were dirty when the search comes back to the first.
      if (!bits.dirty(frame)) return { found: frame === written ? -1 : frame, written };
      // Nor is there a second round over pages that no room was found for.
      if (frame === unwritten) break;
      if (bits.writeBack(frame)) {
        this.clean.add(frame);
        if (written === -1) written = frame;
      } else if (unwritten === -1) unwritten = frame;
    }
    return { found: -1, written };
  }

  /** Clears the reference bits from the hand up to the victim, or all of them for -1. */
  private clearReferenced(start: number, victim: number, time: number): void {
    const { referenced } = this;
    const wraps = victim < start;
    for (let frame = referenced.next(start); frame !== -1 && (wraps || frame < victim); frame = referenced.next(start))
      this.see(frame, time);
    if (!wraps) return;
    const end = victim === -1 ? start : victim;
    for (let frame = referenced.min(); frame !== -1 && frame < end; frame = referenced.min()) this.see(frame, time);
  }

  private see(frame: number, time: number): void {
    this.bits.clearReferenced(frame);
    this.referenced.delete(frame);
    this.seen[frame] = time;
    if (this.young.has(frame)) this.young.moveToBack(frame);
    else this.young.append(frame);
  }
}
