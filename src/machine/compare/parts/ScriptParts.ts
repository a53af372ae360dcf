import { stepsPerYield, type Work } from "../../../language/coroutines";
import type { Program } from "../../../language/parsing/syntax";
import { englishWords } from "../../../language/Words";
import { messageOf } from "../../problems/Problem";
import { Machine } from "../../run/Machine";
import type { MachineOptions } from "../../run/options";
import { parts, type HardwarePart, type PolicyChoice, type PolicyOf } from "./parts";
import { rowOf, sizeOf, type PartComparison, type PartSize, type RefusedPolicy, type RowOf } from "./rows";

/** The part's policies, each over a whole run of the script, one after the other. */
function* compareOne<Part extends HardwarePart>(
  program: Program,
  part: Part,
  policies: readonly PolicyOf[Part][],
  options: MachineOptions,
  now: () => number,
): Work<PartComparison> {
  const rows: RowOf[Part][] = [];
  const refused: RefusedPolicy[] = [];
  let size: PartSize | null = null;
  for (const [index, policy] of policies.entries()) {
    const overrides = new Map([...options.overrides, [parts[part].option, policy]]);
    const machine = new Machine(program, { ...options, overrides });
    let milliseconds = 0;
    let start = now();
    while (machine.stepQuietly()) {
      if (machine.state.step % stepsPerYield !== 0) continue;
      milliseconds += now() - start;
      yield index / policies.length;
      start = now();
    }
    milliseconds += now() - start;
    const errors = machine.problems.filter(({ severity }) => severity === "error");
    const row = rowOf(part, policy, machine.state, { errors: errors.length, milliseconds });
    const stop =
      machine.problems.find(({ id }) => id === "limit-exceeded") ?? (row === null ? errors.at(0) : undefined);
    if (row === null || stop !== undefined) {
      refused.push({ policy, reason: stop === undefined ? "" : messageOf(stop, englishWords) });
      continue;
    }
    rows.push(row);
    size ??= sizeOf(part, machine.state);
  }
  return { part, rows, refused, size } as PartComparison;
}

/** The chosen policies of everything that references go through. The share done is that of the part under way. */
export function* compareParts(
  program: Program,
  choice: PolicyChoice,
  options: MachineOptions,
  now: () => number,
): Work<readonly PartComparison[]> {
  const { replacement, tlb, cache } = choice;
  const compared: PartComparison[] = [];
  if (replacement !== undefined) compared.push(yield* compareOne(program, "replacement", replacement, options, now));
  if (tlb !== undefined) compared.push(yield* compareOne(program, "tlb", tlb, options, now));
  if (cache !== undefined) compared.push(yield* compareOne(program, "cache", cache, options, now));
  return compared;
}
