import type { FrameCell, PageRow, PagesView } from "../../src/inspector/pagingModel";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { setAttributes, svg } from "../ui/dom";
import { count } from "../ui/numbers";
import { cellHeight, drawingHeight, frameTop, linePath, pageTop, type MappingGeometry } from "./mappingGeometry";
import { drawSharers, sharersHeight } from "./sharers";
import { traveller, type UnderWay } from "./movingPages";

/** Narrower page cells could not hold their numbers. */
const narrowestPage = 34;
const widestPage = 84;

/** How the pages and frames of a view are to be drawn. */
export interface MappingPicture {
  readonly view: PagesView;
  readonly width: number;
  readonly selected: number | null;
  /** Pages on their way into frames and out of them; none at rest. */
  readonly underWay: readonly UnderWay[];
}

/** Pages above, all frames below to scale, and a line from each page to its frame. */
export function drawMapping(
  drawing: SVGSVGElement,
  { view, width, selected, underWay }: MappingPicture,
  strings: InspectorStrings,
): void {
  const rows = shownRows(view.rows, Math.max(1, Math.floor(width / narrowestPage)), selected);
  const pageWidth = Math.min(widestPage, width / Math.max(1, rows.length));
  const frameWidth = width / view.cells.length;
  const perCell = view.cells[0]?.count ?? 1;
  const frameX = (pfn: number): number => (Math.floor(pfn / perCell) + 0.5) * frameWidth;
  const travels = new Set(underWay.map(({ vpn }) => vpn));
  const shapes: SVGElement[] = [
    svg("text", { class: "caption", x: 0, y: 12 }, strings.virtualPages),
    svg(
      "text",
      { class: "caption", x: 0, y: drawingHeight - 6 },
      format(strings.physicalFrames, count(view.frames - 1)),
    ),
  ];
  view.cells.forEach((cell, at) => {
    const state = stateOf(cell);
    shapes.push(
      svg("rect", {
        class: `frame ${state}${cell.changed ? " changed" : ""}`,
        x: at * frameWidth + (frameWidth > 4 ? 0.5 : 0),
        y: frameTop,
        width: Math.max(0.5, frameWidth - (frameWidth > 4 ? 1 : 0)),
        height: cellHeight,
      }),
    );
  });
  // Letters, which the legend explains, tell the kinds of frames apart where colours do not.
  const sharing = new Map(view.sharedFrames.map(({ frame, pages, others }) => [frame, pages.length + others]));
  const letters = strings.frameLetters.split(" ");
  view.cells.forEach(({ tables, shared }, at) => {
    const letter = tables > 0 ? letters.at(0) : shared > 0 ? letters.at(1) : undefined;
    if (letter === undefined || frameWidth < 14) return;
    const x = (at + 0.5) * frameWidth;
    const pages = sharing.get(at);
    const text = pages === undefined || perCell > 1 || frameWidth < 32 ? letter : `${letter}×${pages}`;
    shapes.push(svg("text", { class: "frame-letter", x, y: frameTop + 18, "text-anchor": "middle" }, text));
  });
  // Selected and changed lines come last, so that they lie on top.
  const weight = (row: PageRow): number => (row.vpn === selected ? 2 : row.changed === null ? 0 : 1);
  for (const row of [...rows].sort((left, right) => weight(left) - weight(right))) {
    if (row.pfn === null || travels.has(row.vpn)) continue;
    const x1 = (rows.indexOf(row) + 0.5) * pageWidth;
    const x2 = frameX(row.pfn);
    const look = row.vpn === selected ? " selected" : row.changed === null ? "" : " changed";
    shapes.push(
      svg("path", {
        class: `mapping${look}`,
        d: linePath(x1, x2),
        "data-vpn": row.vpn,
        "data-pfn": row.pfn,
      }),
      svg("path", { class: `mapping-tip${look}`, d: `M${x2} ${frameTop}l-3.5 -6h7z` }),
    );
  }
  rows.forEach((row, at) => {
    const look = row.vpn === selected ? " selected" : row.changed === null ? "" : " changed";
    shapes.push(
      svg("rect", {
        class: `page${row.pfn === null ? " absent" : ""}${look}`,
        x: at * pageWidth + 1,
        y: pageTop,
        width: pageWidth - 2,
        height: cellHeight,
        "data-page": row.vpn,
      }),
      svg(
        "text",
        { class: "page-number", x: (at + 0.5) * pageWidth, y: pageTop + cellHeight / 2 + 4, "text-anchor": "middle" },
        pageWidth > 60 || row.vpn < 10_000 ? String(row.vpn) : "…",
      ),
    );
  });
  const places: MappingGeometry = {
    pageX: (vpn) => {
      const at = rows.findIndex((row) => row.vpn === vpn);
      return at < 0 ? null : (at + 0.5) * pageWidth;
    },
    frameX,
    pageWidth: pageWidth - 2,
    frameWidth,
  };
  const sharers = drawSharers(view, rows, frameX, width, selected, strings);
  const height = drawingHeight + (sharers.length === 0 ? 0 : sharersHeight);
  setAttributes(drawing, { width, height, viewBox: `0 0 ${width} ${height}` });
  const travellers = underWay.flatMap((page) => traveller(page, places));
  drawing.replaceChildren(...shapes, ...travellers, ...sharers);
}

/** How a cell is filled: by what most of its used frames hold, fainter when only a part of it is used. */
function stateOf({ used, tables, shared, count: frames }: FrameCell): string {
  if (used === 0) return "free";
  const kind = 2 * tables >= used ? " tables" : 2 * shared >= used ? " shared" : "";
  return (used === frames ? "used" : "part") + kind;
}

/** As many neighbouring rows as fit, around the selected or else the changed one; one with a frame tells more. */
function shownRows(rows: readonly PageRow[], room: number, selected: number | null): readonly PageRow[] {
  if (rows.length <= room) return rows;
  const changed = rows.filter((row) => row.changed !== null);
  const middle = rows.find(({ vpn }) => vpn === selected) ?? changed.find(({ pfn }) => pfn !== null) ?? changed.at(0);
  const centre = middle === undefined ? -1 : rows.indexOf(middle);
  const first = Math.max(0, Math.min(rows.length - room, centre - Math.floor(room / 2)));
  return rows.slice(first, first + room);
}
