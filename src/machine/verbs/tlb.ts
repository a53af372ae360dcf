import { tlbPolicies } from "../../engine/vm/Tlb";
import { sayCount, say } from "../../language/phrases";
import type { Executors, Step } from "../step/Step";
import { neededVm } from "./vm";

/** `tlb ENTRIES [ways=] [policy=] [asid=]`. */
function declareTlb(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const entries = step.whole(step.operand("entries"), "number of entries", 1);
  const given = step.wholeOption("ways", 1);
  if (entries === null || given === null) return;
  if (entries > step.limits.blocks) {
    step.exceed("blocks", { kind: "tlb-entries", count: entries });
    return;
  }
  const ways = given ?? entries;
  if (entries % ways !== 0) {
    step.raise("bad-operand", { kind: "tlb-sets", entries, ways });
    return;
  }
  const policy = tlbPolicies.find((name) => name === step.word(step.option("policy"))) ?? "lru";
  const tagged = step.word(step.option("asid")) === "on";
  vm.useTlb({ entries, ways, policy, tagged, seed: 1 });
  const sets = entries / ways;
  step.tell(() => {
    const size = [sayCount(sets, "{0} set", "{0} sets"), sayCount(ways, "{0} way", "{0} ways")];
    return tagged
      ? say("TLB of {0} with {1}, empty; entries survive a switch.", ...size)
      : say("TLB of {0} with {1}, empty; a switch flushes it.", ...size);
  });
}

export const tlbExecutors: Executors = { tlb: declareTlb };
