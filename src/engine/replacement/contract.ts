/**
 * The reference and dirty bits of the frames' pages (A and D of a page-table entry). They belong to whoever owns the
 * page table, which sets them before it tells a policy of a reference; only policies clear reference bits.
 */
export interface FrameBits {
  referenced(frame: number): boolean;
  clearReferenced(frame: number): void;
  /**
   * `clearReferenced` of the frames from one on, up to the first one that is not referenced, which is returned, or up to
   * `end`; where the owner has a quicker way than frame by frame. Every frame below `end` must be the policy's.
   */
  clearReferencedRun?(from: number, end: number): number;
  dirty(frame: number): boolean;
  /** Writes the page to the disk at once and clears its dirty bit; false when the disk has no room for it. */
  writeBack(frame: number): boolean;
}

/**
 * A policy over the frames 0, 1, 2 …, of which it knows those that were inserted. `time` is the number of references
 * made before the current one; it never decreases. Pages are whole numbers from 0 to 2^53 - 1, unique over all processes.
 */
export interface ReplacementPolicy {
  /** Whether {@link advance} has to be called before every reference. */
  readonly timed: boolean;
  /** Whether `touch` does anything; if not, it need not be called. */
  readonly followsUses: boolean;
  /** Whether reference bits matter; if not, the owner need not set them for its sake. */
  readonly looksAtBits: boolean;
  /** Frames known. */
  readonly size: number;
  /** The reference number `time` comes next: a frame whose page leaves now (already forgotten), or -1. Ask until -1. */
  advance(time: number): number;
  /** The page in the frame is referenced; its bits are set. */
  touch(frame: number, time: number): void;
  /** Chooses the frame that makes room for `page`, and forgets it; some frame must be known. */
  evict(page: number, time: number): number;
  /** `evict` and `insert` of the same frame in one step, where a policy has a quicker way: the frame chosen. */
  rotate?(): number;
  /** The page is brought into a frame that was not known, by a reference (which is not told by `touch` too). */
  insert(frame: number, page: number, time: number): void;
  /** The page of a known frame leaves for a reason outside the policy: unmapped, its process ended. */
  remove(frame: number): void;
  view(): ReplacementView;
  save(): unknown;
  /** Takes what `save` of a policy with the same name and parameters returned; the owner has its bits of then back. */
  load(saved: unknown): void;
  /** Sentences about what contradicts itself; empty when all is well. */
  checkInvariants(): string[];
}

/** Which of several pages leaves that a policy takes for equal: used longest ago, come in first, or in the lowest frame. */
export const tieRules = ["recency", "arrival", "frame"] as const;
export type Ties = (typeof tieRules)[number];

/** What a policy keeps, for whoever draws it. */
export interface ReplacementView {
  /** Its lists of frames, each from head to tail; which end is evicted is said where the policy is described. */
  readonly lists: readonly FrameListView[];
  /** Lists of pages remembered after their eviction, oldest first. */
  readonly ghosts: readonly { readonly name: string; readonly pages: readonly number[] }[];
  /** The frame at which the hand will look next, -1 without a hand. */
  readonly hand: number;
}

export interface FrameListView {
  readonly name: string;
  readonly frames: readonly number[];
  /** One number a frame where the policy keeps one: uses, age counter, time of last use, next use. */
  readonly values: readonly number[];
}
