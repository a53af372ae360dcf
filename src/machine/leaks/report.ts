import { toHex } from "../../engine/address";
import { leaked } from "../problems/leakMessages";
import { bytes, handleOr } from "../problems/wording";
import type { RelatedLine } from "../records";
import type { World } from "../state/World";
import type { Report, Step } from "../Step";
import type { LeakKind } from "./kinds";
import { Reachability, type LeakFate } from "./reachability";

/** Problems worded between two pauses: a millisecond or so. */
const problemsPerTurn = 64;

/** Blocks that one line allocated and the leak check found alike, by their indices, in the order of allocation. */
interface Site {
  readonly line: number;
  readonly kind: LeakKind;
  readonly blocks: number[];
}

/**
 * At the end of a run: what is live still, one problem for each allocating line and kind of leak, in the order of lines.
 * With pauses. Words no more than `most` of them and returns how many there are besides.
 */
export function* reportLeaks(step: Step, most: number): Generator<undefined, number, undefined> {
  const { world } = step;
  if (world.ledger.live === 0) return 0;
  const found = yield* Reachability.find(world);
  const sites = yield* sitesOf(found, world);
  for (const [index, { line, blocks }] of sites.slice(0, most).entries()) {
    if (index % problemsPerTurn === problemsPerTurn - 1) yield;
    const site = blocks.map((block) => found.fate(block));
    const ids = site.map(({ block }) => block.id);
    raiseLeak(step, ids, line, { leak: site[0].kind, message: leaked(site), related: relatedLines(site) });
  }
  return Math.max(0, sites.length - most);
}

/** Allocations looked at between two pauses. */
const allocationsPerTurn = 8192;

function* sitesOf(found: Reachability, { ledger, lost }: World): Generator<undefined, readonly Site[], undefined> {
  const byLine = new Map<number, Site[]>();
  let hasOrder = true;
  let last = -1;
  for (let id = 0; id < ledger.length; id++) {
    if (id % allocationsPerTurn === 0) yield;
    const block = found.live.indexOf(id);
    if (block < 0 || lost.has(id)) continue;
    const line = ledger.lineOf(id);
    const kind = found.kind(block);
    const sites = byLine.get(line);
    const site = sites?.find((each) => each.kind === kind);
    if (site !== undefined) site.blocks.push(block);
    else if (sites !== undefined) sites.push({ line, kind, blocks: [block] });
    else {
      byLine.set(line, [{ line, kind, blocks: [block] }]);
      hasOrder &&= last < line;
      last = line;
    }
  }
  yield;
  const lines = [...byLine];
  if (!hasOrder) lines.sort(([left], [right]) => left - right);
  return lines.flatMap(([, sites]) => sites);
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
