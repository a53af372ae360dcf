import type { Allocation } from "./contract";
import { leaked } from "./problems/blockMessages";
import { bytes } from "./problems/wording";
import { toHex } from "../engine/address";
import type { Step } from "./Step";

/** At the end of a run: what is live still, one problem for each allocating line. */
export function reportLeaks(step: Step): void {
  const { world } = step;
  const sites = new Map<number, Allocation[]>();
  for (const allocation of world.ledger.liveAllocations()) {
    if (world.lost.has(allocation.id)) continue;
    const site = sites.get(allocation.line);
    if (site === undefined) sites.set(allocation.line, [allocation]);
    else site.push(allocation);
  }
  for (const [line, blocks] of [...sites].sort(([a], [b]) => a - b)) {
    const span = world.spanOfLine(line);
    const first = blocks[0];
    const related =
      blocks.length === 1
        ? `${bytes(first.requested)} at ${toHex(first.address)}, live when the script ends.`
        : `The first of them: ${bytes(first.requested)} at ${toHex(first.address)}.`;
    step.raise("leak", {
      message: leaked(blocks),
      line,
      ...(span === undefined ? {} : { span }),
      related: [{ line, message: related }],
    });
  }
}
