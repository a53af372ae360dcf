import { grownInts, initialCapacity } from "../heap/growable";
import type { ReplacementPolicy } from "../replacement/contract";
import type { AddressSpace } from "./AddressSpace";
import type { Mappings } from "./Mappings";

const nobody = -1;

/** What is asked of whoever owns the address spaces. */
export interface SpaceDirectory {
  /** The policy that decides about the frames of a space; null: nothing is ever evicted. */
  policyOf(space: AddressSpace): ReplacementPolicy | null;
  spaceById(id: number): AddressSpace;
}

/** Stands for a page table where a policy asks which page comes in. No page has this key. */
export const tableKey = Number.MAX_SAFE_INTEGER;

/**
 * Which frames replacement policies decide about, and which of a frame's pages stands for it there: the one that brought
 * it in, and when that one leaves while others stay, its heir, which then counts as just come in. Page tables, huge pages
 * and all frames of a memory without a policy are nobody's.
 */
export class HeldFrames {
  /** By frame: the mapping that stands for it, or nobody. */
  private holders = new Int32Array(initialCapacity).fill(nobody);

  constructor(
    private readonly mappings: Mappings,
    private readonly pages: number,
    private readonly directory: SpaceDirectory,
  ) {}

  holderOf(frame: number): number {
    return frame < this.holders.length ? this.holders[frame] : nobody;
  }

  /** Tells the policy of the page's space that the frame is among its frames now; its bits must be set by then. */
  hold(id: number, frame: number, time: number): void {
    const { mappings, directory } = this;
    const space = directory.spaceById(mappings.space[id]);
    const policy = directory.policyOf(space);
    // Huge pages stay where they are, as those of hugetlbfs do.
    if (policy === null || mappings.order[id] > 0) return;
    while (frame >= this.holders.length) {
      const { length } = this.holders;
      this.holders = grownInts(this.holders, 2 * length).fill(nobody, length);
    }
    this.holders[frame] = id;
    policy.insert(frame, this.keyOf(space, mappings.vpn[id]), time);
  }

  /** Takes the frame from the policy that knows it. */
  letGo(frame: number): void {
    this.policyOf(frame)?.remove(frame);
    this.forget(frame);
  }

  /** The policy has forgotten the frame by itself. */
  forget(frame: number): void {
    if (frame < this.holders.length) this.holders[frame] = nobody;
  }

  /** The policy that decides about a frame; null when none does. */
  policyOf(frame: number): ReplacementPolicy | null {
    const holder = this.holderOf(frame);
    if (holder === nobody) return null;
    return this.directory.policyOf(this.directory.spaceById(this.mappings.space[holder]));
  }

  /** A number for a page that no page of another space has. */
  keyOf(space: AddressSpace, vpn: number): number {
    return space.id * this.pages + vpn;
  }

  /** The key under which a policy knows the frame. */
  keyOfFrame(frame: number): number {
    const { mappings, directory } = this;
    const holder = this.holderOf(frame);
    return this.keyOf(directory.spaceById(mappings.space[holder]), mappings.vpn[holder]);
  }

  save(): Int32Array {
    return this.holders.slice();
  }

  load(saved: Int32Array): void {
    this.holders = saved.slice();
  }
}
