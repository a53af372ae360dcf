import type { MachineState } from "../../machine/run/MachineState";
import { compileExpression } from "../evaluation/evaluate";
import { toHex } from "../../engine/address";

/** Renders a log point's message at a state: `{expression}` is replaced by its value or by what is wrong with it. */
export function renderLogMessage(template: string, state: MachineState): string {
  return template.replace(/\{([^{}]*)\}/g, (_, source: string) => {
    const name = source.trim();
    const handle = state.handle(name);
    if (handle !== undefined && handle.allocation !== null) return toHex(handle.address);
    const compiled = compileExpression(name);
    if ("error" in compiled) return `<${compiled.error}>`;
    const result = state.evaluate(compiled.expression);
    return "error" in result ? `<${result.error}>` : String(result.value);
  });
}
