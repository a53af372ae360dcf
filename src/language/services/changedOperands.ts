import type { Occurrence } from "./ProgramSymbol";

/** The operand whose block, region or process a statement changes; others only read what they name. */
const changedOperands: Readonly<Partial<Record<string, string>>> = {
  write: "destination",
  fill: "destination",
  copy: "destination",
  free: "block",
  realloc: "block",
  store: "address",
  coalesce: "name",
  defrag: "name",
  reset: "name",
  trim: "name",
  shrink: "name",
  destroy: "name",
  grow: "name",
  exit: "name",
};

/** Whether a name is bound where it stands, or what it names is changed there. */
export function isChange({ role, span, statement }: Occurrence): boolean {
  if (role === "definition") return true;
  const operands: Readonly<Partial<typeof statement.operands>> = statement.operands;
  // In `write b[i] 1` the operand begins with `b`; `i` is only read.
  return operands[changedOperands[statement.verb] ?? ""]?.span.start === span.start;
}
