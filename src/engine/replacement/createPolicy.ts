import type { FrameBits, ReplacementPolicy, Ties } from "./contract";
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
import { TiedLfu } from "./policies/TiedLfu";
import { TwoQueue } from "./policies/TwoQueue";
import { UnusedAtFirst } from "./policies/UnusedAtFirst";
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
  /** Which of several pages `lfu` or `aging` lets go; null: recency for `lfu`, arrival for `aging`. */
  readonly ties: Ties | null;
  /** With what counter `aging` lets a page in. */
  readonly agingStart: "used" | "zero";
  /** Whether the reference that brings a page in counts as a use for policies that look at accessed bits. */
  readonly loadIsUse: boolean;
}

/** The options that follow from the size of the memory, or from nothing. */
export type PlainReplacementOptions = Omit<ReplacementOptions, "random" | "future">;

/** The options of a policy with everything not said left at its default: windows and ticks follow the size of the memory. */
export function defaultReplacementOptions(frames: number): PlainReplacementOptions {
  const sizes = { frames, window: frames, agingInterval: frames, agingBits: 8, clockChances: 2 };
  return { ...sizes, ties: null, agingStart: "used", loadIsUse: true };
}

interface PolicyRow {
  /** One line for people who choose among the policies; Markdown. */
  readonly doc: string;
  readonly create: (bits: FrameBits, options: ReplacementOptions) => ReplacementPolicy;
}

/** Gives each row the type of a row, and the table the names of its rows. */
function table<Name extends string>(rows: Readonly<Record<Name, PolicyRow>>): typeof rows {
  return rows;
}

/**
 * Page-replacement policies, in the order in which they are offered: which resident page is evicted when a page has to
 * come in and no frame is free. A row is all that the rest of MemScript knows of a policy.
 */
export const policies = table({
  fifo: {
    doc: "The page that came in first leaves.",
    create: () => new Fifo(),
  },
  lru: {
    doc: "The page that was used longest ago leaves.",
    create: () => new Lru(),
  },
  mru: {
    doc: "The page that was used last leaves.",
    create: () => new Mru(),
  },
  clock: {
    doc: "The first page from the hand whose accessed bit is clear leaves; set bits are cleared on the way.",
    create: (bits) => new Clock(bits),
  },
  "second-chance": {
    doc: "As `fifo`, but a page whose accessed bit is set goes to the end of the queue, and the bit is cleared.",
    create: (bits) => new SecondChance(bits),
  },
  "enhanced-clock": {
    doc: "From the hand on, by accessed and dirty bits: a page that is neither used nor dirty leaves first.",
    create: (bits) => new EnhancedClock(bits),
  },
  "random-clock": {
    doc: "Drawn at random; a page with chances left loses one and stays.",
    create: (_bits, { random, clockChances }) => new RandomClock(random, clockChances),
  },
  lfu: {
    doc: "The page with the fewest uses since it came in leaves.",
    create: (_bits, { ties }) => (ties === null || ties === "recency" ? new Lfu() : new TiedLfu(ties)),
  },
  aging: {
    doc: "The page with the smallest counter leaves; accessed bits are shifted into the counters.",
    create: (bits, { agingInterval, agingBits, agingStart, ties }) =>
      new Aging(bits, agingInterval, agingBits, { counter: agingStart, ties: ties ?? "arrival" }),
  },
  "working-set": {
    doc: "Pages unused for `window=` references leave, even while frames are free.",
    create: (_bits, { window }) => new WorkingSet(window),
  },
  wsclock: {
    doc: "From the hand on, a clean page unused for `window=` references leaves; dirty ones are written back on the way.",
    create: (bits, { window }) => new WsClock(bits, window),
  },
  arc: {
    doc: "Lists of pages used once and used again, whose shares follow the pages that come back.",
    create: (_bits, { frames }) => new Arc(frames),
  },
  "2q": {
    doc: "New pages wait in a queue; one that comes back soon after it left is kept by recency.",
    create: (_bits, { frames }) => new TwoQueue(frames),
  },
  random: {
    doc: "Any page leaves, drawn from `seed=`.",
    create: (_bits, { random }) => new Random(random),
  },
  opt: {
    doc: "The page that is used again last leaves: looks ahead at the rest of the script.",
    create: (_bits, { future }) => new Optimal(future, false),
  },
  unopt: {
    doc: "The page that is used again first leaves: looks ahead at the rest of the script.",
    create: (_bits, { future }) => new Optimal(future, true),
  },
});
export type ReplacementName = keyof typeof policies;
export const replacementPolicies = Object.keys(policies) as readonly ReplacementName[];

export function createPolicy(name: ReplacementName, bits: FrameBits, options: ReplacementOptions): ReplacementPolicy {
  const policy = policies[name].create(bits, options);
  return options.loadIsUse || !policy.looksAtBits ? policy : new UnusedAtFirst(policy, bits);
}
