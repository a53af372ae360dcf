import type { PagesView } from "../../src/inspector/pagingModel";

/** A page that a step has brought into a frame, out of one, or from one to another; null for no frame. */
export interface Transfer {
  readonly vpn: number;
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * What moved between two views of one process, in the order of pages. A page that only one of them lists counts where the
 * other lists all that there are: else it may just have left the part of the table that is shown.
 */
export function transfers(before: PagesView, after: PagesView): Transfer[] {
  if (before.process !== after.process) return [];
  const frameBefore = frameIn(before);
  const frameAfter = frameIn(after);
  const moved: Transfer[] = [];
  for (const vpn of new Set([...before.rows, ...after.rows].map((row) => row.vpn))) {
    const from = frameBefore(vpn);
    const to = frameAfter(vpn);
    if (from !== undefined && to !== undefined && from !== to) moved.push({ vpn, from, to });
  }
  return moved.sort((left, right) => left.vpn - right.vpn);
}

/** The frame of each page, null for none; undefined where the view does not tell. */
function frameIn({ rows, mapped }: PagesView): (vpn: number) => number | null | undefined {
  const frames = new Map(rows.map(({ vpn, pfn }) => [vpn, pfn]));
  return (vpn) => (frames.has(vpn) ? frames.get(vpn) : rows.length === mapped ? null : undefined);
}
