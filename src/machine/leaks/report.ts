import type { Work } from "../../language/coroutines";
import type { FactsOf } from "../problems/catalogue";
import { blockFacts } from "../problems/facts";
import type { World } from "../state/World";
import type { Step } from "../step/Step";
import type { LeakKind } from "./kinds";
import { allocationsPerTurn } from "./pointers";
import { Reachability } from "./reachability";

/** Problems reported between two yields: a fraction of a millisecond. */
const problemsPerTurn = 16;
/** More than the allocations of any run. */
const allocationsAtMost = 2 ** 32;

/** Blocks that one line allocated and the leak check found alike, by their indices, in the order of allocation. */
interface Site {
  readonly line: number;
  readonly kind: LeakKind;
  readonly blocks: number[];
}

/**
 * At the end of a run: what is live still, one problem for each allocating line and kind of leak, in the order of lines.
 * With yields. Reports no more than `most` of them and returns how many there are besides.
 */
export function* reportLeaks(step: Step, most: number): Work<number> {
  const { world } = step;
  if (world.ledger.live === 0) return 0;
  const found = yield* Reachability.find(world);
  const places = yield* placesOf(found, world);
  yield;
  let count = 0;
  for (const site of sitesOf(found, places)) {
    if (++count % problemsPerTurn === 0) yield;
    if (count <= most) reportSite(step, site, found);
  }
  return Math.max(0, count - most);
}

/** The line and the allocation, as one number, of each block that is reported now; in order. */
function* placesOf({ live }: Reachability, world: World): Work<Float64Array> {
  const { ledger, lost } = world;
  const places = new Float64Array(live.length);
  let count = 0;
  for (let index = 0; index < live.length; index++) {
    const id = live.ids[index];
    if (!lost.has(id)) places[count++] = ledger.lineOf(id) * allocationsAtMost + id;
    if (index % allocationsPerTurn === 0) yield;
  }
  return places.subarray(0, count).sort();
}

function reportSite(step: Step, { line, kind, blocks }: Site, found: Reachability): void {
  const site = blocks.map((block) => found.fate(block));
  const [{ block, from, handle, behind }] = site;
  const callSite = step.world.callSiteOfLine(line);
  raiseLeak(step, line, {
    kind: "never-freed",
    ids: site.map((each) => each.block.id),
    block: blockFacts(block),
    loss: kind,
    bytes: site.reduce((total, each) => total + each.block.requested, 0),
    handles: site.slice(0, 3).flatMap((each) => each.block.handle ?? []),
    from: from && blockFacts(from),
    through: handle,
    behind,
    ...(callSite === null ? {} : { site: callSite }),
  });
}

/** In the order of lines, and on one line of allocation. */
function* sitesOf(found: Reachability, places: Float64Array): Generator<Site, void, undefined> {
  let sites: Site[] = [];
  for (const place of places) {
    const id = place % allocationsAtMost;
    const line = (place - id) / allocationsAtMost;
    const block = found.live.indexOf(id);
    const kind = found.kind(block);
    if (sites.length > 0 && sites[0].line !== line) {
      yield* sites;
      sites = [];
    }
    const site = sites.find((each) => each.kind === kind);
    if (site === undefined) sites.push({ line, kind, blocks: [block] });
    else site.blocks.push(block);
  }
  yield* sites;
}

/** The problem `leak` at the line that allocated the blocks. */
export function raiseLeak(step: Step, line: number, facts: FactsOf<"leak">): void {
  step.raise("leak", facts, { line, span: step.world.spanOfLine(line) });
}
