import type { CacheView } from "../../src/inspector/model";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { svg } from "../ui/dom";
import { count } from "../ui/numbers";
import { pictureItem, type Drawing } from "../ui/Picture";

const labelWidth = 48;
const rowHeight = 20;
const boxHeight = 16;
/** Sets drawn of one cache, and ways of one set; the lines as a table have more. */
const setBudget = 32;
const wayBudget = 32;

/** Sets below each other, ways beside each other: empty slots hollow, lines filled, dirty ones with a `D`. */
export function drawCache({ name, sets, ways, lines }: CacheView, width: number, strings: InspectorStrings): Drawing {
  const columns = Math.min(ways, wayBudget);
  const cell = Math.min(110, (width - labelWidth) / columns);
  // A cache of many sets shows those that have lines.
  const numbers =
    sets <= setBudget ? Array.from({ length: sets }, (_, set) => set) : [...new Set(lines.map(({ set }) => set))];
  const rows = new Map(numbers.slice(0, setBudget).map((set, row): [number, number] => [set, row]));
  const still = [...rows].flatMap(([set, row]) => [
    svg("text", { class: "box-note", x: 0, y: row * rowHeight + 13 }, String(set)),
    ...Array.from({ length: columns }, (_, way) =>
      svg("rect", {
        class: "bin",
        x: labelWidth + way * cell,
        y: row * rowHeight + 1,
        width: Math.max(1, cell - 3),
        height: boxHeight,
      }),
    ),
  ]);
  const items = lines.flatMap(({ set, way, address, dirty }) => {
    const row = rows.get(set);
    if (row === undefined || way >= columns) return [];
    const x = labelWidth + way * cell;
    const y = row * rowHeight + 1;
    const text = cell < 22 ? "" : cell < 80 ? (dirty ? "D" : "") : `${dirty ? "D " : ""}${address}`;
    const state = dirty ? format(strings.cacheDirty, address) : address;
    return [
      pictureItem(
        {
          id: `${set}.${way}`,
          x: x + cell / 2,
          y,
          label: format(strings.cacheSlot, name, count(set), count(way), state),
          look: dirty ? "used-box dirty" : "used-box",
          choose: () => undefined,
        },
        svg("rect", { x, y, width: Math.max(1, cell - 3), height: boxHeight }),
        svg("text", { class: "box-title", x: x + 5, y: y + 12 }, text),
      ),
    ];
  });
  const bottom = rows.size * rowHeight + 4;
  const hidden = numbers.length - rows.size;
  if (hidden === 0) return { height: bottom, still, items };
  const more = svg("text", { class: "caption", x: 0, y: bottom + 12 }, format(strings.cacheSetsHidden, count(hidden)));
  return { height: bottom + 16, still: [...still, more], items };
}
