import { toHex } from "../../engine/address";
import type { FrameCell, PageRow, PagesView } from "../pagingModel";
import { filled, label, outlined, shape, type DisplayList, type Font, type Item } from "./displayList";

/** Words of the picture. */
export interface PagesTexts {
  readonly pages: string;
  readonly frames: string;
  /** Of a page that was never touched. */
  readonly notTouched: string;
  /** Of a page that was evicted with nothing to keep. */
  readonly evicted: string;
  /** Where an evicted page went. */
  readonly slot: (slot: number) => string;
  /** How many rows or frames are left out. */
  readonly more: (count: number) => string;
}

const width = 640;
const rowHeight = 22;
const top = 30;
const pageBox = { x: 0, width: 240 };
const frameBox = { x: 400, width: 240 };
/** Pages and frames that a picture in a text shows at most. */
const mostRows = 32;

const titleFont: Font = { size: 13, weight: 600, family: "text" };
const font: Font = { size: 12, family: "monospace" };

/** The pages of a process on the left, the frames of physical memory on the right, and a line from each page to its frame. */
export function pagesPicture(view: PagesView, texts: PagesTexts): DisplayList {
  const rows = view.rows.slice(0, mostRows);
  const cells = framesOf(view);
  const placeOf = new Map(cells.map(({ first }, at) => [first, at]));
  const items: Item[] = [
    label(`${texts.pages} (${view.process})`, pageBox.x, 14, { font: titleFont, ink: "foreground" }),
    label(texts.frames, frameBox.x, 14, { font: titleFont, ink: "foreground" }),
    ...rows.flatMap((row, at) => pageItems(row, at, texts)),
    ...cells.flatMap(frameItems),
  ];
  for (const [at, { pfn }] of rows.entries()) {
    const place = pfn === null ? undefined : placeOf.get(pfn);
    if (place !== undefined) items.push(link(middleOf(at), middleOf(place)));
  }
  const listed = Math.max(rows.length, cells.length);
  const y = top + listed * rowHeight + 12;
  const more = (count: number, x: number): void => {
    if (count > 0) items.push(label(texts.more(count), x, y, { font, ink: "muted" }));
  };
  more(view.mapped - rows.length, pageBox.x);
  more(view.frames - cells.length, frameBox.x);
  return { width, height: y + 6, items };
}

type Frame = Pick<FrameCell, "first" | "used" | "tables" | "pages">;

/** The first frames; where there are many, those in use alone. */
function framesOf(view: PagesView): readonly Frame[] {
  const { cells, frames } = view;
  if (frames <= mostRows) return cells;
  const isSingle = cells.every(({ count }) => count === 1);
  return (isSingle ? cells.filter(({ used }) => used > 0) : framesOfRows(view)).slice(0, mostRows);
}

/** The frames of the listed pages, for a memory whose cells stand for several frames. */
function framesOfRows({ rows, process }: PagesView): Frame[] {
  const byFrame = new Map<number, { process: string; vpn: number }[]>();
  for (const { pfn, vpn } of rows) {
    if (pfn === null) continue;
    byFrame.set(pfn, [...(byFrame.get(pfn) ?? []), { process, vpn }]);
  }
  const frames = Array.from(byFrame, ([first, pages]) => ({ first, used: 1, tables: 0, pages }));
  return frames.sort((left, right) => left.first - right.first);
}

const middleOf = (at: number): number => top + at * rowHeight + rowHeight / 2 - 1;

function pageItems({ vpn, pfn, slot, evicted, permissions, dirty }: PageRow, at: number, texts: PagesTexts): Item[] {
  const y = top + at * rowHeight;
  const isPresent = pfn !== null;
  const nowhere = evicted ? texts.evicted : texts.notTouched;
  const place = isPresent ? (dirty ? "D" : "") : slot === null ? nowhere : texts.slot(slot);
  const look = { font, ink: isPresent ? "foreground" : "muted", baseline: "middle" } as const;
  return [
    ...(isPresent ? [filled(pageBox.x, y, pageBox.width, rowHeight - 2, "used", 0.25)] : []),
    outlined(pageBox.x + 0.5, y + 0.5, pageBox.width - 1, rowHeight - 3, {
      ink: isPresent ? "used" : "muted",
      width: 1,
      dash: isPresent ? undefined : [4, 3],
    }),
    label(toHex(vpn), pageBox.x + 8, middleOf(at), look),
    label(permissions, pageBox.x + 84, middleOf(at), look),
    label(place, pageBox.x + pageBox.width - 8, middleOf(at), { ...look, anchor: "end" }),
  ];
}

function frameItems({ first, used, tables, pages }: Frame, at: number): Item[] {
  const y = top + at * rowHeight;
  const owners = pages.map(({ process, vpn }) => `${process} ${toHex(vpn)}`).join(", ");
  const look = { font, ink: used > 0 ? "foreground" : "muted", baseline: "middle" } as const;
  return [
    ...(used === 0
      ? []
      : [filled(frameBox.x, y, frameBox.width, rowHeight - 2, tables > 0 ? "fragmentation" : "used", 0.25)]),
    outlined(frameBox.x + 0.5, y + 0.5, frameBox.width - 1, rowHeight - 3, { ink: "muted", width: 1 }),
    label(String(first), frameBox.x + 8, middleOf(at), look),
    label(owners, frameBox.x + 56, middleOf(at), look),
  ];
}

function link(from: number, to: number): Item {
  const left = pageBox.x + pageBox.width;
  const right = frameBox.x;
  const bend = (right - left) / 2;
  const d = `M${left} ${from}C${left + bend} ${from} ${right - bend} ${to} ${right} ${to}`;
  return shape(d, null, { ink: "link", width: 1.5 });
}
