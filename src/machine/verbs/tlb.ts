import { tlbPolicies, type TlbOptions } from "../../engine/vm/Tlb";
import { sayCount, say, series } from "../../language/phrases";
import type { Executors, Step } from "../step/Step";
import { neededVm, pageRange } from "./vm";

/** The lookaside buffer that a `tlb` line asks for; null when it cannot be, which is reported. */
export function readTlb(step: Step): TlbOptions | null {
  const entries = step.whole(step.operand("entries"), "number of entries", 1);
  const given = step.wholeOption("ways", 1);
  if (entries === null || given === null) return null;
  if (entries > step.limits.blocks) {
    step.exceed("blocks", { kind: "tlb-entries", count: entries });
    return null;
  }
  const ways = given ?? entries;
  if (entries % ways !== 0) {
    step.raise("bad-operand", { kind: "tlb-sets", entries, ways });
    return null;
  }
  const policy = tlbPolicies.find((name) => name === step.word(step.option("policy"))) ?? "lru";
  const tagged = step.word(step.option("asid")) === "on";
  const coherent = step.word(step.option("coherent")) !== "off";
  return { entries, ways, policy, tagged, seed: 1, coherent };
}

/** `tlb ENTRIES [ways=] [policy=] [asid=] [coherent=]`. */
function declareTlb(step: Step): void {
  const vm = neededVm(step);
  const options = vm === null ? null : readTlb(step);
  if (vm === null || options === null) return;
  vm.useTlb(options);
  const { entries, ways, tagged, coherent } = options;
  const sets = entries / ways;
  step.tell(() => {
    const size = [sayCount(sets, "{0} set", "{0} sets"), sayCount(ways, "{0} way", "{0} ways")];
    const made = tagged
      ? say("TLB of {0} with {1}, empty; entries survive a switch.", ...size)
      : say("TLB of {0} with {1}, empty; a switch flushes it.", ...size);
    return coherent ? made : series([made, say("A changed page table needs a `flush`.")]);
  });
}

/** `flush [RANGE]`: INVLPG for each page, or everything. */
function flush(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const { tlb } = vm;
  if (tlb === null) {
    step.raise("bad-operand", { kind: "no-tlb" });
    return;
  }
  const range = step.operand("pages") === undefined ? undefined : pageRange(step);
  if (range === null) return;
  const count = range === undefined ? tlb.flush() : tlb.flushPages(vm.current.id, range.from, range.to);
  step.tell(() => sayCount(count, "The TLB forgot {0} entry.", "The TLB forgot {0} entries."));
}

export const tlbExecutors: Executors = { tlb: declareTlb, flush };
