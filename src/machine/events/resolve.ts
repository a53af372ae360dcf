import type { Extent } from "../../engine/events";
import type { Expression } from "../../language/parsing/syntax";
import type { Allocation } from "../state/allocation";
import type { MachineState } from "../run/MachineState";
import { payloadOf } from "./memoryEvents";

export type Resolved = { readonly bytes: Extent; readonly allocation: Allocation | null } | { readonly error: string };

/** Where a pointer leads now: the whole block of a handle, live or not, else the one byte at an address. */
export function resolvePointer(state: MachineState, expression: Expression): Resolved {
  if (expression.kind === "name") {
    const name = handleKey(state, expression);
    const handle = name === undefined ? undefined : state.handle(name);
    if (handle !== undefined) {
      const { allocation, address } = handle;
      if (allocation === null) return { bytes: { from: address, to: address + 1 }, allocation };
      return { bytes: payloadOf(allocation), allocation };
    }
  }
  const address = resolveNumber(state, expression);
  return typeof address === "number"
    ? { bytes: { from: address, to: address + 1 }, allocation: null }
    : { error: address.error };
}

/** The value of an expression now, or why it has none. */
export function resolveNumber(state: MachineState, expression: Expression): number | { readonly error: string } {
  if (expression.kind === "number") return expression.value;
  const result = state.evaluate(expression);
  return "error" in result ? result : Number(result.value);
}

/** `b[3]` of an indexed name. */
function handleKey(state: MachineState, expression: Extract<Expression, { kind: "name" }>): string | undefined {
  if (expression.index === null) return expression.name;
  const index = resolveNumber(state, expression.index);
  return typeof index === "number" ? `${expression.name}[${index}]` : undefined;
}
