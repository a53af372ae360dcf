import type { Expression, Program } from "../../language/parsing/syntax";
import type { MachineState } from "../../machine/run/MachineState";
import { compileExpression } from "../evaluation/evaluate";
import { unknownName } from "../evaluation/unknownName";
import { HitCounter, parseHitCondition, type HitCondition } from "./hitCondition";

/** Under what terms a breakpoint counts: a condition over the state, and the number of the arrival. */
export interface Terms {
  readonly condition: Expression | null;
  readonly hits: { readonly holds: HitCondition; readonly counter: HitCounter } | null;
}

/** `program` is what binds the names of the condition; null while no script is loaded, when any name may come to be bound. */
export function compileTerms(
  wanted: { readonly condition?: string; readonly hitCondition?: string },
  program: Program | null,
): Terms | { readonly error: string } {
  const condition = wanted.condition?.trim() ? compileCondition(wanted.condition, program) : null;
  if (condition !== null && "error" in condition) return condition;
  const holds = wanted.hitCondition?.trim() ? parseHitCondition(wanted.hitCondition) : null;
  if (holds !== null && typeof holds !== "function") return holds;
  return {
    condition: condition?.expression ?? null,
    hits: holds === null ? null : { holds, counter: new HitCounter() },
  };
}

/** An expression all of whose names the program binds somewhere. */
export function compileCondition(
  text: string,
  program: Program | null,
): { readonly expression: Expression } | { readonly error: string } {
  const compiled = compileExpression(text);
  if ("error" in compiled || program === null) return compiled;
  const error = unknownName(program, compiled.expression);
  return error === undefined ? compiled : { error };
}

/** Whether an arrival at the state's position counts; it is remembered, so that coming again counts nothing twice. */
export function termsHold({ condition, hits }: Terms, state: MachineState): boolean {
  if (condition !== null) {
    const result = state.evaluate(condition);
    // A condition that cannot be evaluated yet (its handle is bound later) does not hold.
    if ("error" in result || result.value === false || result.value === 0) return false;
  }
  return hits === null || hits.holds(hits.counter.arrive(state.step));
}
