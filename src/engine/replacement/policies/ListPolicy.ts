import type { ReplacementPolicy, ReplacementView } from "../contract";
import { FrameList } from "../structures/FrameList";

/** What the policies with a single list of frames share: new pages go to its tail. */
export abstract class ListPolicy implements ReplacementPolicy {
  readonly timed = false;
  readonly followsUses = true;
  readonly looksAtBits = false;
  protected readonly list = new FrameList();

  protected constructor(private readonly listName: string) {}

  get size(): number {
    return this.list.length;
  }

  advance(): number {
    return -1;
  }

  abstract touch(frame: number): void;

  abstract evict(): number;

  insert(frame: number): void {
    this.list.append(frame);
  }

  remove(frame: number): void {
    this.list.remove(frame);
  }

  view(): ReplacementView {
    return { lists: [{ name: this.listName, frames: this.list.toArray(), values: [] }], ghosts: [], hand: -1 };
  }

  save(): unknown {
    return this.list.save();
  }

  load(saved: unknown): void {
    this.list.load(saved as Int32Array);
  }

  checkInvariants(): string[] {
    return this.list.checkInvariants();
  }
}
