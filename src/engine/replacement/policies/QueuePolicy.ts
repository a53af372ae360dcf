import type { ReplacementPolicy, ReplacementView } from "../contract";
import { FrameQueue } from "../structures/FrameQueue";

/** What the policies with a queue of frames by arrival share. The head came in first. */
export abstract class QueuePolicy implements ReplacementPolicy {
  readonly timed = false;
  readonly followsUses = false;
  readonly looksAtBits: boolean = false;
  protected readonly queue = new FrameQueue();

  get size(): number {
    return this.queue.length;
  }

  advance(): number {
    return -1;
  }

  touch(): void {
    // A use moves nothing.
  }

  abstract evict(): number;

  insert(frame: number): void {
    this.queue.append(frame);
  }

  remove(frame: number): void {
    this.queue.remove(frame);
  }

  view(): ReplacementView {
    return { lists: [{ name: "arrival", frames: this.queue.toArray(), values: [] }], ghosts: [], hand: -1 };
  }

  save(): unknown {
    return this.queue.save();
  }

  load(saved: unknown): void {
    this.queue.load(saved as Int32Array);
  }

  checkInvariants(): string[] {
    return this.queue.checkInvariants();
  }
}
