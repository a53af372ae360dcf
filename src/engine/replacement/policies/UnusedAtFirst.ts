import type { FrameBits, ReplacementPolicy, ReplacementView } from "../contract";

/**
 * A policy that looks at accessed bits, over pages whose bit is cleared when they have come in: the reference that brought
 * a page in is no use of it. So the Clock of libCacheSim begins.
 */
export class UnusedAtFirst implements ReplacementPolicy {
  readonly timed: boolean;
  readonly followsUses: boolean;
  readonly looksAtBits: boolean;

  constructor(
    private readonly policy: ReplacementPolicy,
    private readonly bits: FrameBits,
  ) {
    this.timed = policy.timed;
    this.followsUses = policy.followsUses;
    this.looksAtBits = policy.looksAtBits;
  }

  get size(): number {
    return this.policy.size;
  }

  advance(time: number): number {
    return this.policy.advance(time);
  }

  touch(frame: number, time: number): void {
    this.policy.touch(frame, time);
  }

  evict(page: number, time: number): number {
    return this.policy.evict(page, time);
  }

  insert(frame: number, page: number, time: number): void {
    this.bits.clearReferenced(frame);
    this.policy.insert(frame, page, time);
  }

  remove(frame: number): void {
    this.policy.remove(frame);
  }

  view(): ReplacementView {
    return this.policy.view();
  }

  save(): unknown {
    return this.policy.save();
  }

  load(saved: unknown): void {
    this.policy.load(saved);
  }

  checkInvariants(): string[] {
    return this.policy.checkInvariants();
  }
}
