import type { CacheLineView, CacheMark, CacheView } from "../../src/inspector/pagingModel";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { svg } from "../ui/dom";
import { count } from "../ui/numbers";
import { pictureItem, type Box, type Drawing, type PictureItem } from "../ui/Picture";
import { resultText, type SetLeave } from "./lookText";

const labelWidth = 60;
const rowHeight = 20;
const boxHeight = 16;
const captionHeight = 20;
const widestSlot = 110;
/** Room for the address of a line, and for a letter. */
const addressWidth = 80;
const letterWidth = 22;

/** Slots of one set drawn in one row: the ways `from` to `to`, half-open. */
interface SlotRow {
  readonly set: number;
  readonly from: number;
  readonly to: number;
  readonly lines: readonly CacheLineView[];
}

/**
 * Sets below each other, ways beside each other: empty slots hollow, lines filled, dirty ones with a `D`; what the step
 * looked up is marked. A large cache has cells that stand for several slots, and below them the sets of the step slot by slot.
 */
export function drawCache(
  cache: CacheView,
  leaves: readonly SetLeave[],
  width: number,
  strings: InspectorStrings,
): Drawing {
  if (cache.cells === null) {
    const rows = Array.from({ length: cache.sets }, (_, set) => ({
      set,
      from: 0,
      to: cache.ways,
      lines: cache.lines.filter((line) => line.set === set),
    }));
    return slotRows(cache, rows, leaves, 0, width, strings);
  }
  const bands = drawBands(cache, width, strings);
  const rows = new Map(
    cache.marks.map(({ set, from, to, neighbours }): [string, SlotRow] => [
      `${set}.${from}`,
      { set, from, to, lines: neighbours },
    ]),
  );
  if (rows.size === 0) return bands;
  const top = bands.height + captionHeight;
  const details = slotRows(cache, [...rows.values()], leaves, top, width, strings);
  const caption = svg("text", { class: "caption", x: 0, y: top - 5 }, strings.cacheStepSets);
  return {
    height: details.height,
    still: [...bands.still, caption, ...details.still],
    items: [...bands.items, ...details.items],
  };
}

function slotRows(
  { name, marks }: CacheView,
  rows: readonly SlotRow[],
  leaves: readonly SetLeave[],
  top: number,
  width: number,
  strings: InspectorStrings,
): Drawing {
  const columns = rows.reduce((most, { from, to }) => Math.max(most, to - from), 1);
  const cell = Math.min(widestSlot, (width - labelWidth) / columns);
  const box = (row: number, column: number): Box => ({
    x: labelWidth + column * cell,
    y: top + row * rowHeight + 1,
    width: Math.max(1, cell - 3),
    height: boxHeight,
  });
  const still = rows.flatMap(({ set, from, to }, row) => {
    const label = from === 0 ? String(set) : `${set} · ${from}`;
    const isMissing = marks.some((mark) => mark.set === set && mark.way === null);
    const y = top + row * rowHeight;
    return [
      ...(isMissing
        ? [svg("rect", { class: "look-ring", x: 0.5, y: y + 1, width: labelWidth - 8, height: boxHeight })]
        : []),
      svg("text", { class: "box-note", x: 4, y: y + 13 }, label),
      ...Array.from({ length: to - from }, (_, column) => svg("rect", { class: "bin", ...box(row, column) })),
    ];
  });
  const items = rows.flatMap(({ set, from, lines }, row) =>
    lines.map((line) => {
      const mark = marks.find((one) => one.set === set && one.way === line.way);
      const left = mark === undefined || mark.result === "hit" ? [] : leaves.filter((leave) => leave.set === set);
      return lineItem(name, line, box(row, line.way - from), mark, left, strings);
    }),
  );
  return { height: top + rows.length * rowHeight + 4, still, items };
}

function lineItem(
  name: string,
  { set, way, address, dirty }: CacheLineView,
  box: Box,
  mark: CacheMark | undefined,
  left: readonly SetLeave[],
  strings: InspectorStrings,
): PictureItem {
  const { x, y, width, height } = box;
  const state = [
    dirty ? format(strings.cacheDirty, address) : address,
    ...(mark === undefined ? [] : [resultText(mark.result, strings)]),
    ...left.map(({ text }) => text),
  ].join(", ");
  const letter = dirty ? "D" : "";
  const text = width < letterWidth ? "" : width < addressWidth ? letter : `${letter} ${address}`.trim();
  const barWidth = Math.min(9, width / 3);
  const sign = left.length === 0 ? "" : left.some(({ isWritten }) => isWritten) ? "↓" : "×";
  const look = `${dirty ? "used-box dirty" : "used-box"}${mark === undefined ? "" : ` looked ${mark.result}`}`;
  return pictureItem(
    {
      id: `${set}.${way}`,
      x: x + width / 2,
      y,
      label: format(strings.cacheSlot, name, count(set), count(way), state),
      look,
      choose: () => undefined,
    },
    svg("rect", { ...box }),
    ...(mark === undefined || mark.result === "hit"
      ? []
      : [svg("rect", { class: `look-bar ${mark.result}`, x, y, width: barWidth, height })]),
    svg("text", { class: "box-title", x: x + (mark === undefined ? 5 : barWidth + 3), y: y + 12 }, text),
    ...(sign === "" || width < letterWidth
      ? []
      : [svg("text", { class: "box-title", x: x + width - 4, y: y + 12, "text-anchor": "end" }, sign)]),
  );
}

/** Cells of a large cache, filled as high as the share of valid lines among their slots. */
function drawBands({ name, sets, ways, cells, marks }: CacheView, width: number, strings: InspectorStrings): Drawing {
  if (cells === null) return { height: 0, still: [], items: [] };
  const { setsPerCell, waysPerCell, valid, dirty } = cells;
  const columns = Math.ceil(ways / waysPerCell);
  const cell = Math.min(widestSlot, (width - labelWidth) / columns);
  const slots = setsPerCell * waysPerCell;
  const top = captionHeight;
  const still: SVGElement[] = [
    svg(
      "text",
      { class: "caption", x: 0, y: 13 },
      format(strings.cacheCellStands, count(setsPerCell), count(waysPerCell)),
    ),
    ...Array.from({ length: Math.ceil(sets / setsPerCell) }, (_, row) =>
      svg("text", { class: "box-note", x: 4, y: top + row * rowHeight + 13 }, String(row * setsPerCell)),
    ),
  ];
  const looked = new Set(
    marks.map(({ set, way }) => Math.floor(set / setsPerCell) * columns + Math.floor((way ?? 0) / waysPerCell)),
  );
  const items: PictureItem[] = [];
  valid.forEach((lines, at) => {
    const row = Math.floor(at / columns);
    const column = at % columns;
    const box = {
      x: labelWidth + column * cell,
      y: top + row * rowHeight + 1,
      width: Math.max(1, cell - 3),
      height: boxHeight,
    };
    if (lines === 0 && !looked.has(at)) still.push(svg("rect", { class: "bin", ...box }));
    else {
      const set = row * setsPerCell;
      const way = column * waysPerCell;
      const lastSet = Math.min(sets, set + setsPerCell) - 1;
      const lastWay = Math.min(ways, way + waysPerCell) - 1;
      const fill = (box.height * lines) / slots;
      const label = format(strings.cacheCell, name, set, lastSet, way, lastWay, count(lines), count(dirty[at]));
      const text = String(lines);
      items.push(
        pictureItem(
          {
            id: `cell ${at}`,
            x: box.x + box.width / 2,
            y: box.y,
            label,
            look: `share-box${looked.has(at) ? " looked" : ""}`,
            choose: () => undefined,
          },
          svg("rect", box),
          svg("rect", { class: "share", ...box, y: box.y + box.height - fill, height: fill }),
          ...(box.width < 7 * text.length + 4
            ? []
            : [
                svg(
                  "text",
                  { class: "box-title", x: box.x + box.width / 2, y: box.y + 12, "text-anchor": "middle" },
                  text,
                ),
              ]),
        ),
      );
    }
  });
  return { height: top + Math.ceil(sets / setsPerCell) * rowHeight + 4, still, items };
}
