import { say } from "../../language/phrases";
import { layoutText } from "../inspect/layoutText";
import { statsText } from "../inspect/statsText";
import { MachineState } from "../run/MachineState";
import type { Executors, Step } from "../step/Step";

/** `stats [NAME]`. */
function stats(step: Step): void {
  show(step, statsText);
}

/** `layout [NAME]`. */
function layout(step: Step): void {
  show(step, layoutText);
}

function show(step: Step, text: typeof layoutText): void {
  const name = step.word(step.operand("name"));
  if (name !== undefined && step.world.region(name) === undefined) {
    step.raise("unknown-name", { kind: "region", name });
    return;
  }
  const lines = text(new MachineState(step.world), name);
  step.value = { kind: "text", text: lines.join("\n") };
  step.tell(() => lines[0] ?? say("There is no heap, pool or virtual memory yet."));
}

export const showExecutors: Executors = { stats, layout };
