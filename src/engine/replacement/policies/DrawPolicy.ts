import type { ReplacementPolicy, ReplacementView } from "../contract";
import type { MersenneTwister } from "../MersenneTwister";
import { ArrivalOrder } from "../structures/ArrivalOrder";

interface Saved {
  readonly arrival: Int32Array;
  readonly generator: Uint32Array;
}

/** What the random policies share: the pages by arrival, and numbers that each pick a position among them. O(log frames). */
export abstract class DrawPolicy implements ReplacementPolicy {
  readonly timed = false;
  readonly followsUses: boolean = true;
  readonly looksAtBits = false;
  protected readonly arrival = new ArrivalOrder();

  constructor(private readonly generator: MersenneTwister) {}

  get size(): number {
    return this.arrival.length;
  }

  advance(): number {
    return -1;
  }

  abstract touch(frame: number): void;

  abstract evict(): number;

  insert(frame: number): void {
    this.arrival.append(frame);
  }

  remove(frame: number): void {
    this.arrival.remove(frame);
  }

  view(): ReplacementView {
    return { lists: [{ name: "arrival", frames: this.arrival.toArray(), values: [] }], ghosts: [], hand: -1 };
  }

  save(): unknown {
    const saved: Saved = { arrival: this.arrival.save(), generator: this.generator.save() };
    return saved;
  }

  load(saved: unknown): void {
    const { arrival, generator } = saved as Saved;
    this.arrival.load(arrival);
    this.generator.load(generator);
  }

  checkInvariants(): string[] {
    return this.arrival.checkInvariants();
  }

  protected draw(): number {
    return this.arrival.at(this.generator.below(this.size));
  }
}
