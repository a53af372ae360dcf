import { tellLengthLimit, type LengthLimit } from "../../language/parsing/syntaxProblems";
import { bytes, number, says, string } from "../../language/says";
import { limitSettings, type MachineLimits } from "../run/limits";
import { line } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

const excesses = {
  heap: says("A heap of {0} is too large", bytes("size")),
  "heap-growth": says("The heap `{0}` cannot grow for {1} more", string("name"), bytes("size")),
  "pool-growth": says("`{0}` cannot grow further", string("name")),
  pool: says("A pool of {0} blocks of {1} is too large", number("count"), bytes("size")),
  "pool-blocks": says("A pool of {0} blocks has too many", number("count")),
  slab: says("A slab of {0} is too large", bytes("size")),
  "live-blocks": says("The run has {0} live blocks", number("count")),
  frames: says("{0} frames are too many", number("count")),
  pages: says("{0} mapped pages are too many", number("count")),
  "tlb-entries": says("{0} entries of a lookaside buffer are too many", number("count")),
  "cache-lines": says("{0} lines of caches are too many", number("count")),
  zeroing: says("Zeroing {0} needs too much simulated memory", bytes("size")),
  filling: says("Filling {0} needs too much simulated memory", bytes("size")),
  access: says("`{0}` of {1} needs too much simulated memory", string("operation"), bytes("size")),
  touched: says("The bytes that the script has touched are too many"),
  steps: says("The run has used all its steps before {0}", line("nextLine")),
  lookahead: says("`{0}` cannot look ahead at so long a script", string("policy")),
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
          const what = tellExcess(excess, words).message;
          return {
            message:
              words.limits === "options"
                ? words.say(
                    "{0}. The limit is {1}, and the run stops here; `--limit {2}=N` raises it.",
                    what,
                    unit,
                    limit,
                  )
                : words.say(
                    "{0}. The limit is {1}, and the run stops here; the setting `{2}` raises it.",
                    what,
                    unit,
                    limitSettings[limit],
                  ),
          };
        }
        case "problems":
          return {
            message:
              words.limits === "options"
                ? words.say(
                    "There are more than {0} problems; later ones are counted but not listed. `--limit problems=N` raises the limit.",
                    facts.most,
                  )
                : words.say(
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
