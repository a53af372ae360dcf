import { toHex } from "../../engine/address";
import { leaked } from "../problems/leakMessages";
import { bytes, handleOr } from "../problems/wording";
import type { RelatedLine } from "../records";
import type { Report, Step } from "../Step";
import { Reachability, type LeakFate } from "./reachability";

/** At the end of a run: what is live still, one problem for each allocating line and kind of leak. */
export function reportLeaks(step: Step): void {
  const { world } = step;
  if (world.ledger.live === 0) return;
  const sites = new Map<string, LeakFate[]>();
  const fates = new Reachability(world).fates().sort((a, b) => a.block.id - b.block.id);
  for (const fate of fates) {
    if (world.lost.has(fate.block.id)) continue;
    const key = `${fate.block.line}:${fate.kind}`;
    const site = sites.get(key);
    if (site === undefined) sites.set(key, [fate]);
    else site.push(fate);
  }
  for (const site of [...sites.values()].sort(([a], [b]) => a.block.line - b.block.line)) {
    const ids = site.map(({ block }) => block.id);
    raiseLeak(step, ids, site[0].block.line, {
      leak: site[0].kind,
      message: leaked(site),
      related: relatedLines(site),
    });
  }
}

/** The problem `leak` at the line that allocated the blocks. */
export function raiseLeak(step: Step, leaked: readonly number[], line: number, report: Report): void {
  const span = step.world.spanOfLine(line);
  step.raise("leak", { ...report, line, leaked, ...(span === undefined ? {} : { span }) });
}

function relatedLines(site: readonly LeakFate[]): RelatedLine[] {
  const [{ block, kind, from }] = site;
  const what = `${bytes(block.requested)} at ${toHex(block.address)}`;
  const first = site.length === 1 ? `${what}, live when the script ends.` : `The first of them: ${what}.`;
  const lines = [{ line: block.line, message: first }];
  if (from === null) return lines;
  const holder = handleOr(from, "The block");
  const lead =
    kind === "indirectly lost"
      ? `${holder}, allocated here and lost itself, leads to it.`
      : `${holder}, allocated here, holds a pointer to it.`;
  return from.line === block.line && from.id === block.id ? lines : [...lines, { line: from.line, message: lead }];
}
