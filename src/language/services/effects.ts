import type { Statement } from "../parsing/syntax";
import { describeVerb, operandsOf } from "../vocabulary/vocabulary";
import type { Occurrence } from "./ProgramSymbol";

/** Whether a name is bound where it stands, or what it names is changed there. */
export function isChange({ role, span, statement }: Occurrence): boolean {
  if (role === "definition") return true;
  const operands: Readonly<Partial<typeof statement.operands>> = statement.operands;
  // In `write b[i] 1` the operand begins with `b`; `i` is only read.
  return operandsOf(describeVerb(statement.verb)).some(
    ({ name, changes }) => changes === true && operands[name]?.span.start === span.start,
  );
}

/** What a statement does at the address that it names, as far as its verb says; null when it does nothing there. */
export function accessOf({ verb, operands }: Statement): "read" | "write" | "execute" | null {
  const access = describeVerb(verb)?.access ?? null;
  if (access !== "chosen") return access;
  const kind = (operands as Readonly<Partial<Statement["operands"]>>)["kind"];
  if (kind?.kind !== "word") return "read";
  return kind.word === "w" || kind.word === "m" ? "write" : kind.word === "x" ? "execute" : "read";
}
