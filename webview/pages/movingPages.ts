import { svg } from "../ui/dom";
import { mix } from "../ui/motion";
import { cellHeight, drawingHeight, frameTop, linePath, pageTop, type MappingGeometry } from "./mappingGeometry";
import type { Transfer } from "./pageTransfers";

/** A transfer and how much of its way is done, from 0 to 1. */
export interface UnderWay extends Transfer {
  readonly progress: number;
}

/** Narrower than this a page could not be followed by eye. */
const narrowest = 8;

/** Pages make room before others come: the first half of the time is theirs where there are both. */
export function underWay(transfers: readonly Transfer[], progress: number): UnderWay[] {
  const leaves = transfers.some(({ to }) => to === null);
  const comes = transfers.some(({ to }) => to !== null);
  const share = (transfer: Transfer): number => {
    if (!leaves || !comes) return progress;
    return transfer.to === null ? Math.min(1, 2 * progress) : Math.max(0, 2 * progress - 1);
  };
  return transfers.map((transfer) => ({ ...transfer, progress: share(transfer) }));
}

/** Where a box is: the middle of its upper edge and its width. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The page between its places, and as much of its line as holds. */
export function traveller({ vpn, from, to, progress }: UnderWay, places: MappingGeometry): SVGElement[] {
  const pageX = places.pageX(vpn);
  const page = pageX === null ? null : { x: pageX, y: pageTop, width: places.pageWidth };
  const width = Math.max(narrowest, places.frameWidth);
  const inFrame = (pfn: number | null): Place | null =>
    pfn === null ? null : { x: places.frameX(pfn), y: frameTop, width };
  const [first, last] = [inFrame(from), inFrame(to)];
  // A page without a box leaves downwards and comes from there.
  const below = { x: (last ?? first)!.x, y: drawingHeight - cellHeight / 2, width };
  const start = first ?? page ?? below;
  const end = last ?? page ?? below;
  const box = {
    x: mix(start.x, end.x, progress),
    y: mix(start.y, end.y, progress),
    width: mix(start.width, end.width, progress),
  };
  const opacity = last === null ? 1 - progress : 1;
  const line = pageX === null ? [] : [lineOf(pageX, first, last, progress)];
  return [
    ...line,
    svg(
      "g",
      { class: "traveller", "data-traveller": vpn, opacity },
      svg("rect", {
        class: "page changed",
        x: box.x - box.width / 2,
        y: box.y,
        width: box.width,
        height: cellHeight,
      }),
      box.width < 20 + 4 * String(vpn).length
        ? null
        : svg(
            "text",
            { class: "page-number", x: box.x, y: box.y + cellHeight / 2 + 4, "text-anchor": "middle" },
            String(vpn),
          ),
    ),
  ];
}

/** The line grows out of the page that comes, shrinks back into one that leaves, and follows one that moves. */
function lineOf(pageX: number, first: Place | null, last: Place | null, progress: number): SVGElement {
  const from = (first ?? last)!;
  const to = (last ?? first)!;
  const seen = first === null ? progress : last === null ? 1 - progress : 1;
  return svg("path", {
    class: "mapping changed",
    d: linePath(pageX, mix(from.x, to.x, progress)),
    pathLength: 1,
    "stroke-dasharray": 1,
    "stroke-dashoffset": 1 - seen,
  });
}
