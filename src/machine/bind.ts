import { blockOrigin, originLines, sentence } from "./problems/wording";
import { toHex } from "../engine/address";
import type { Step } from "./Step";
import type { Value } from "./state/HandleTable";

/**
 * Binds the statement's handle, if it has one. When the value before was the last handle of a live block, and the
 * block's address was not written into memory either, that block is lost: the leak stands at its allocating line.
 */
export function bindTarget(step: Step, value: Value): void {
  const name = step.targetName();
  if (name === null) return;
  const { world } = step;
  const before = world.handles.set(name, value);
  if (before === undefined || before.allocation < 0) return;
  const lost = world.ledger.get(before.allocation);
  if (lost === undefined || lost.freed !== null || world.handles.referencesTo(lost.id) > 0) return;
  if (world.escaped.has(lost.id) || world.lost.has(lost.id)) return;
  world.lost.add(lost.id);
  const span = world.spanOfLine(lost.line);
  step.raise("leak", {
    message: `${sentence(blockOrigin(lost))} is lost: its last handle \`${name}\` is overwritten at line ${step.line + 1}.`,
    line: lost.line,
    ...(span === undefined ? {} : { span }),
    related: [
      ...originLines(lost),
      { line: step.line, message: `\`${name}\` gets another value here; ${toHex(lost.address)} is nowhere else.` },
    ],
  });
}
