import { compareView, poolCompareView, type CompareView } from "../../src/inspector/compareView";
import { wholeCompareView } from "../../src/inspector/wholeCompareView";
import { heapPolicies } from "../../src/engine/heap/options";
import { runToEnd } from "../../src/language/coroutines";
import { parse } from "../../src/language/parsing/parser";
import { englishWords } from "../../src/language/Words";
import { allPolicies } from "../../src/machine/compare/parts/parts";
import { survey } from "../../src/machine/compare/parts/survey";
import { compareWhole } from "../../src/machine/compare/WholeComparison";
import { comparePools } from "../../src/machine/compare/pools";
import { ScriptComparison } from "../../src/machine/compare/ScriptComparison";
import { defaultMachineOptions } from "../../src/machine/run/options";

/** Blocks of three sizes, every second one freed, and requests for the holes: policies come to different ends. */
export const comparedScript = `heap 4KiB grow=1KiB max=64KiB header=8
repeat 24 as i
  a[i] = alloc 40 + 8 * i
  b[i] = alloc 120
end
repeat 12 as i
  free a[2 * i]
  free b[2 * i + 1]
end
repeat 40 as i
  c[i] = alloc 16 + 13 * (i * 7 % 31)
end
d = alloc 60000
`;

/** Belady's string: first in, first out faults more often with four frames than with three. */
export const pagingScript = `vm frames=3 replacement=fifo
reference "1 2 3 4 1 2 5 1 2 3 4 5"
`;

/** The sample script under every policy; the clock counts its own calls, so that pictures stay the same. */
export function sampleComparison(script = comparedScript): CompareView {
  let time = 0;
  const comparison = new ScriptComparison(parse(script), heapPolicies, defaultMachineOptions, () => (time += 1.5));
  return compareView("sample.memscript", runToEnd(comparison.run()), true, (text) => text);
}

/** Page replacement and a lookaside buffer without a heap, under every policy. */
export function samplePartComparison(): CompareView {
  const program = parse(`vm frames=3 replacement=fifo tlb=2\nreference "1 2 3 4 1 2 5 1 2 3 4 5"`);
  const found = runToEnd(survey(program, defaultMachineOptions));
  const choice = allPolicies(found.present);
  let time = 0;
  const whole = runToEnd(compareWhole(program, found, choice, defaultMachineOptions, () => (time += 1.5)));
  return wholeCompareView("sample.memscript", whole, true, { choice }, englishWords, (text) => text);
}

/** A pool of many small blocks against every heap. */
export function samplePoolComparison(): CompareView {
  const script = "pool nodes 24 x 400\nrepeat 300 as i\n  n[i] = alloc from=nodes\nend\nreset nodes";
  const [comparison] = runToEnd(comparePools(parse(script), defaultMachineOptions.limits));
  return poolCompareView("sample.memscript", comparison, (text) => text);
}
