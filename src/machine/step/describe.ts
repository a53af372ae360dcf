import type { Words } from "../../language/Words";
import { messageOf } from "../problems/Problem";
import type { MomentReader } from "../run/readers";
import { storyText } from "../stories/storyText";
import { toHex } from "../../engine/address";
import type { MachineState } from "../run/MachineState";
import { plural } from "../problems/wording";
import { layoutText } from "../inspect/layoutText";
import { statsText } from "../inspect/statsText";

/** Handles listed at most; the rest is a number. */
const longestList = 100;

/** Memory in plain sentences and lists: what the drawings show, for screen readers and terminals. */
export function describeMemory(state: MachineState): string {
  const lines = [`After ${plural(state.step, "step")}:`, ...statsText(state), ...layoutText(state)];
  if (lines.length === 1) lines.push("There is no heap, pool or virtual memory yet.");
  const handles = [...state.handles()];
  if (handles.length > 0) lines.push("handles:");
  for (const { name, address, allocation } of handles.slice(0, longestList)) {
    const use =
      allocation === null
        ? "a plain number"
        : allocation.freed === null
          ? `${allocation.requested} bytes from line ${allocation.line + 1}`
          : `dangling: freed at line ${allocation.freed.line + 1}`;
    lines.push(`  ${name} = ${toHexSafe(address)}, ${use}`);
  }
  if (handles.length > longestList) lines.push(`  … ${handles.length - longestList} more`);
  return lines.join("\n");
}

function toHexSafe(value: number): string {
  return Number.isInteger(value) && value >= 0 ? toHex(value) : String(value);
}

/** The line that ran last, what it did, and the problems so far. */
export function describeStep({ record, problems }: MomentReader, words: Words): string[] {
  const lines = record === undefined ? [] : [`Line ${record.line + 1}: ${record.text}`, storyText(record, words)];
  lines.push(`Problems so far: ${problems.length}`);
  for (const problem of problems) {
    lines.push(`  line ${problem.line + 1}: ${messageOf(problem, words)} [${problem.id}]`);
  }
  return lines;
}
