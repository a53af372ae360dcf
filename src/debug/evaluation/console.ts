import type { DebugProtocol } from "@vscode/debugprotocol";
import type { MachineState } from "../../machine/run/MachineState";
import { leakSummaryText } from "../../machine/leaks/kinds";
import type { Words } from "../../language/Words";
import { wordsOf, type Problem } from "../../machine/problems/Problem";
import type { StepRecord } from "../../machine/records/records";
import { omittedBytes, plainText } from "../../machine/records/bytesText";
import { plural } from "../protocol/format";

export type OutputBody = DebugProtocol.OutputEvent["body"];

/** What a step prints: the text of `stats` and `layout`, the bytes of `read`. Undefined for silent statements. */
export function stepOutput(record: StepRecord): string | undefined {
  switch (record.value?.kind) {
    case "text":
      return record.value.text;
    case "bytes": {
      const { bytes } = record.value;
      const omitted = omittedBytes(bytes);
      const more = omitted === 0 ? "" : ` … and ${plural(omitted, "more byte")}`;
      return `${record.text}: ${plainText(bytes)}${more}`;
    }
    default:
      return undefined;
  }
}

/** A problem in one line, then the lines that led to it, each with the place that it speaks of. */
export function problemOutputs(problem: Problem, lineToClient: (line: number) => number, words: Words): OutputBody[] {
  const category = problem.severity === "error" ? "stderr" : "console";
  const { message: what, related } = wordsOf(problem, words);
  const head = `${problem.severity}: ${what} [${problem.id}]`;
  return [
    { category, output: `line ${problem.line + 1}: ${head}\n`, line: lineToClient(problem.line) },
    ...related.map(({ line, message }) => ({
      category,
      output: `    line ${line + 1}: ${message}\n`,
      line: lineToClient(line),
    })),
  ];
}

/** The last words of a run: how far it came, its problems by severity, and what was never freed. */
export function endSummary(steps: number, problems: readonly Problem[], state: MachineState): string {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const leaks = problems.filter((problem) => problem.id === "leak").length;
  // A run that a limit cut off had no chance to free the rest.
  const isCut = problems.some((problem) => problem.id === "limit-exceeded" && problem.step === steps);
  const what = isCut ? "was cut off" : "ended";
  const fate = isCut ? "in use" : "never freed";
  const lines = [
    `The script ${what} after ${plural(steps, "step")}: ${plural(errors, "error")}, ${plural(leaks, "leak")}.`,
  ];
  for (const heap of state.heaps.values()) {
    const { currentUsed, usedBlocks } = heap.stats();
    if (0 < usedBlocks) {
      lines.push(
        `Heap ${heap.options.name}: ${plural(currentUsed, "byte")} in ${plural(usedBlocks, "block")} ${fate}.`,
      );
    }
  }
  for (const pool of state.pools.values()) {
    const { usedBlocks } = pool.stats();
    if (0 < usedBlocks)
      lines.push(
        `${pool.kind === "slab" ? "Slab cache" : "Pool"} ${pool.options.name}: ${plural(usedBlocks, "block")} ${fate}.`,
      );
  }
  const lost = isCut ? [] : leakSummaryText(state.leaks());
  return `${[...lines, ...lost].join("\n")}\n`;
}
