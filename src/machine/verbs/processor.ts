import {
  controlsOf,
  processorControls,
  processorModes,
  type Processor,
  type ProcessorControl,
} from "../../engine/vm/processor";
import { say, type Phrase } from "../../language/phrases";
import type { Executors, Step } from "../step/Step";
import { neededVm } from "./vm";

const modePhrases: Readonly<Record<Processor["mode"], Phrase>> = {
  any: say("No mode is checked"),
  user: say("User mode"),
  supervisor: say("Supervisor mode"),
};

/** `mode [user|supervisor|any] [smep=on] …`: what is not given stays. */
function mode(step: Step): void {
  const vm = neededVm(step);
  if (vm === null) return;
  const { name } = vm.options.format;
  const own = controlsOf(name);
  const foreign = processorControls.find((control) => !own.includes(control) && step.option(control) !== undefined);
  if (foreign !== undefined) {
    step.raise("bad-operand", { kind: "processor-control", control: foreign, table: name, controls: own });
    return;
  }
  const changes: { mode?: Processor["mode"] } & { [Control in ProcessorControl]?: boolean } = {};
  const chosen = processorModes.find((one) => one === step.word(step.operand("mode")));
  if (chosen !== undefined) changes.mode = chosen;
  for (const control of own) {
    const value = step.word(step.option(control));
    if (value !== undefined) changes[control] = value === "on";
  }
  vm.checked.useProcessor(changes);
  step.tell(() => {
    const { processor } = vm.checked;
    const controls = own.map((control) => `${control.toUpperCase()} ${processor[control] ? 1 : 0}`).join(", ");
    return say("{0}: {1}.", modePhrases[processor.mode], controls);
  });
}

export const processorExecutors: Executors = { mode };
