import type { PageRow, PagesView } from "../../src/inspector/pagingModel";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { svg } from "../ui/dom";
import { cellHeight, drawingHeight, frameTop } from "./mappingGeometry";

const boxTop = drawingHeight + 26;
const boxWidth = 92;
const gap = 6;
/** Height below the drawing for the pages that share frames with those above. */
export const sharersHeight = boxTop + cellHeight + 4 - drawingHeight;

interface Sharer {
  readonly frame: number;
  /** Null: the rest of a frame's pages, of which only the number is told. */
  readonly page: { readonly process: string; readonly vpn: number } | null;
  readonly text: string;
}

/**
 * Below the frames: the pages that share them with the pages above, each with a line to its frame. Those that do not fit are
 * left out from the right; the table of shared frames has them all.
 */
export function drawSharers(
  view: PagesView,
  shown: readonly PageRow[],
  frameX: (pfn: number) => number,
  width: number,
  selected: number | null,
  strings: InspectorStrings,
): SVGElement[] {
  const above = new Set(shown.map(({ vpn }) => vpn));
  const sharers = view.sharedFrames.flatMap(({ frame, pages, others }): Sharer[] => [
    ...pages
      .filter(({ process, vpn }) => process !== view.process || !above.has(vpn))
      .map((page) => ({ frame, page, text: `${page.process} ${page.vpn}` })),
    ...(others > 0 ? [{ frame, page: null, text: format(strings.chainMore, others) }] : []),
  ]);
  const room = Math.max(1, Math.floor((width + gap) / (boxWidth + gap)));
  const chosen = shown.find(({ vpn }) => vpn === selected)?.pfn ?? null;
  let free = 0;
  return sharers.slice(0, room).flatMap(({ frame, page, text }, at, all) => {
    const middle = frameX(frame);
    // As near to its frame as the boxes before and those still to come allow.
    const last = width - (all.length - at) * (boxWidth + gap) + gap;
    const x = Math.max(free, Math.min(last, middle - boxWidth / 2));
    free = x + boxWidth + gap;
    const look = frame === chosen ? " selected" : "";
    const to = { "data-page": page?.vpn, "data-process": page?.process };
    const bend = (frameTop + cellHeight + boxTop) / 2;
    const from = frameTop + cellHeight;
    return [
      svg("path", {
        class: `mapping sharing${look}`,
        d: `M${x + boxWidth / 2} ${boxTop}C${x + boxWidth / 2} ${bend} ${middle} ${bend} ${middle} ${from + 5}`,
        "data-pfn": frame,
      }),
      svg("path", { class: `mapping-tip${look}`, d: `M${middle} ${from}l-3.5 6h7z` }),
      svg("rect", { class: `page sharer${look}`, x, y: boxTop, width: boxWidth, height: cellHeight, ...to }),
      svg("text", { class: "page-number", x: x + boxWidth / 2, y: boxTop + 18, "text-anchor": "middle" }, text),
    ];
  });
}
