import { tellLengthLimit, type LengthLimit } from "../../language/parsing/syntaxProblems";
import type { Words } from "../../language/Words";
import { limitSettings, type MachineLimits } from "../run/limits";
import { lineName } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

export interface Sized {
  /** Bytes. */
  readonly size: number;
}

export interface Counted {
  readonly count: number;
}

const excesses = {
  heap: ({ size }: Sized, words: Words) => words.say("A heap of {0} is too large", words.bytes(size)),
  "heap-growth": ({ name, size }: Sized & { readonly name: string }, words: Words) =>
    words.say("The heap `{0}` cannot grow for {1} more", name, words.bytes(size)),
  "pool-growth": ({ name }: { readonly name: string }, words: Words) => words.say("`{0}` cannot grow further", name),
  pool: ({ count, size }: Counted & Sized, words: Words) =>
    words.say("A pool of {0} blocks of {1} is too large", count, words.bytes(size)),
  "pool-blocks": ({ count }: Counted, words: Words) => words.say("A pool of {0} blocks has too many", count),
  slab: ({ size }: Sized, words: Words) => words.say("A slab of {0} is too large", words.bytes(size)),
  "live-blocks": ({ count }: Counted, words: Words) => words.say("The run has {0} live blocks", count),
  frames: ({ count }: Counted, words: Words) => words.say("{0} frames are too many", count),
  pages: ({ count }: Counted, words: Words) => words.say("{0} mapped pages are too many", count),
  "tlb-entries": ({ count }: Counted, words: Words) =>
    words.say("{0} entries of a lookaside buffer are too many", count),
  "cache-lines": ({ count }: Counted, words: Words) => words.say("{0} lines of caches are too many", count),
  zeroing: ({ size }: Sized, words: Words) =>
    words.say("Zeroing {0} needs too much simulated memory", words.bytes(size)),
  filling: ({ size }: Sized, words: Words) =>
    words.say("Filling {0} needs too much simulated memory", words.bytes(size)),
  access: ({ operation, size }: Sized & { readonly operation: string }, words: Words) =>
    words.say("`{0}` of {1} needs too much simulated memory", operation, words.bytes(size)),
  touched: (_: object, words: Words) => words.say("The bytes that the script has touched are too many"),
  steps: ({ nextLine }: { readonly nextLine: number }, words: Words) =>
    words.say("The run has used all its steps before {0}", lineName(nextLine, words)),
  lookahead: ({ policy }: { readonly policy: string }, words: Words) =>
    words.say("`{0}` cannot look ahead at so long a script", policy),
};

/** What uses up a budget. */
export type Excess = FactsOfVariants<typeof excesses>;

export interface RunLimit {
  readonly kind: "run";
  readonly limit: keyof MachineLimits;
  readonly most: number;
  readonly excess: Excess;
}

/** More problems than are kept. */
export interface ProblemLimit {
  readonly kind: "problems";
  readonly most: number;
}

const sizedLimits: ReadonlySet<keyof MachineLimits> = new Set(["memory", "residentMemory"]);
const tellExcess = tellVariant(excesses);

/** Budgets that a script uses up. */
export const limitExceeded = {
  "limit-exceeded": problemKind<RunLimit | ProblemLimit | LengthLimit>(
    {
      title: "Limit exceeded",
      explanation:
        "The script needs more steps, memory or blocks than one run may use. The run stops here, so that the editor stays responsive. The message names the limit and the setting that raises it.",
      advice: "Make the script smaller, or raise the setting that the message names.",
      example: "heap 1TiB",
    },
    (facts, words) => {
      switch (facts.kind) {
        case "run": {
          const { limit, most, excess } = facts;
          const unit = sizedLimits.has(limit) ? words.bytes(most) : most;
          return {
            message: words.say(
              "{0}. The limit is {1}, and the run stops here; the setting `{2}` raises it.",
              tellExcess(excess, words).message,
              unit,
              limitSettings[limit],
            ),
          };
        }
        case "problems":
          return {
            message: words.say(
              "There are more than {0} problems; later ones are counted but not listed. The setting `{1}` raises the limit.",
              facts.most,
              limitSettings.problems,
            ),
          };
        default:
          return tellLengthLimit(facts, words);
      }
    },
  ),
};
