import type { BlockTracker } from "../../trace/BlockTracker";
import type { LiveSite } from "./report";

/** The tracker's live blocks by allocation site: most bytes first, then most blocks, then the earliest. */
export function liveSites(tracker: BlockTracker, sites: readonly string[]): LiveSite[] {
  const groups = new Map<number, { blocks: number; bytes: number; line: number }>();
  for (let slot = 0; slot < tracker.slotCount; slot++) {
    const bytes = tracker.sizeOf(slot);
    if (bytes === -1) continue;
    const line = tracker.lineOf(slot);
    const group = groups.get(tracker.siteOf(slot));
    if (group === undefined) groups.set(tracker.siteOf(slot), { blocks: 1, bytes, line });
    else {
      group.blocks++;
      group.bytes += bytes;
      group.line = Math.min(group.line, line);
    }
  }
  return [...groups]
    .map(([site, group]) => ({ site: sites[site] ?? null, ...group }))
    .sort((x, y) => y.bytes - x.bytes || y.blocks - x.blocks || x.line - y.line);
}
