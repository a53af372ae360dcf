import type { FrameBits, ReplacementName, ReplacementPolicy } from "./contract";
import type { Future } from "./Future";
import type { MersenneTwister } from "./MersenneTwister";
import { Aging } from "./policies/Aging";
import { Arc } from "./policies/Arc";
import { Clock } from "./policies/Clock";
import { EnhancedClock } from "./policies/EnhancedClock";
import { Fifo } from "./policies/Fifo";
import { Lfu } from "./policies/Lfu";
import { Lru } from "./policies/Lru";
import { Mru } from "./policies/Mru";
import { Optimal } from "./policies/Optimal";
import { Random } from "./policies/Random";
import { RandomClock } from "./policies/RandomClock";
import { SecondChance } from "./policies/SecondChance";
import { TwoQueue } from "./policies/TwoQueue";
import { WorkingSet } from "./policies/WorkingSet";
import { WsClock } from "./policies/WsClock";

export interface ReplacementOptions {
  /** Frames that the policy decides over at most, 1 or more. */
  readonly frames: number;
  /** `random` and `random-clock` draw from it. */
  readonly random: MersenneTwister;
  /** `opt` and `unopt` look at it. */
  readonly future: Future;
  /** τ of `working-set` and `wsclock` in references, 1 or more. */
  readonly window: number;
  /** References from one tick of `aging` to the next, 1 or more. */
  readonly agingInterval: number;
  /** Bits of the counters of `aging`, from 1 to 16. */
  readonly agingBits: number;
  /** The most chances that `random-clock` gives a page, from 1 to 255. */
  readonly clockChances: number;
}

/** What a policy takes when nothing else is said: windows and ticks follow the size of the memory. */
export function defaultReplacementOptions(
  frames: number,
): Pick<ReplacementOptions, "frames" | "window" | "agingInterval" | "agingBits" | "clockChances"> {
  return { frames, window: frames, agingInterval: frames, agingBits: 8, clockChances: 2 };
}

export function createPolicy(name: ReplacementName, bits: FrameBits, options: ReplacementOptions): ReplacementPolicy {
  switch (name) {
    case "fifo":
      return new Fifo();
    case "lru":
      return new Lru();
    case "mru":
      return new Mru();
    case "clock":
      return new Clock(bits);
    case "second-chance":
      return new SecondChance(bits);
    case "enhanced-clock":
      return new EnhancedClock(bits);
    case "random-clock":
      return new RandomClock(options.random, options.clockChances);
    case "lfu":
      return new Lfu();
    case "aging":
      return new Aging(bits, options.agingInterval, options.agingBits);
    case "working-set":
      return new WorkingSet(options.window);
    case "wsclock":
      return new WsClock(bits, options.window);
    case "arc":
      return new Arc(options.frames);
    case "2q":
      return new TwoQueue(options.frames);
    case "random":
      return new Random(options.random);
    case "opt":
      return new Optimal(options.future, false);
    case "unopt":
      return new Optimal(options.future, true);
  }
}
