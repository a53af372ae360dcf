import type { FreeEntry, StructureView } from "../../../src/inspector/model";
import { format } from "../../../src/inspector/strings";
import type { PanelContext } from "../../context";
import { svg } from "../../ui/dom";
import { count } from "../../ui/numbers";
import { pictureItem, type Drawing } from "../../ui/Picture";
import { binSizes } from "./binGrid";

type Quick = Extract<StructureView, { kind: "quick" }>;

const labelWidth = 84;
const moreWidth = 44;
const boxWidth = 20;
const rowHeight = 24;
const boxHeight = 18;

/** A bar for each quick list, a box for each of its blocks, first the one handed out next; last the list of all others. */
export function drawQuickLists(
  context: PanelContext,
  { rows }: Quick,
  freeList: readonly FreeEntry[],
  freeTotal: number,
  width: number,
): Drawing {
  const { strings } = context;
  const listed = new Set(rows.flatMap(({ addresses }) => addresses));
  const others = freeList.filter(({ address }) => !listed.has(address)).map(({ address }) => address);
  const inLists = rows.reduce((sum, { blocks }) => sum + blocks, 0);
  const bars = [
    ...rows.map((row) => ({ name: binSizes(context, row), total: row.blocks, addresses: row.addresses })),
    { name: strings.quickOthers, total: freeTotal - inLists, addresses: others },
  ];
  const room = Math.max(1, Math.floor((width - labelWidth - moreWidth) / boxWidth));
  const still: SVGElement[] = [];
  const items = bars.flatMap(({ name, total, addresses }, bar) => {
    const y = bar * rowHeight + 2;
    const shown = addresses.slice(0, room);
    still.push(svg("text", { class: "box-note", x: 0, y: y + 13 }, name));
    const end = labelWidth + shown.length * boxWidth + 6;
    const rest = total - shown.length;
    still.push(svg("text", { class: "caption", x: end, y: y + 13 }, rest > 0 ? `+${count(rest)}` : count(total)));
    return shown.map((address, at) => {
      const x = labelWidth + at * boxWidth;
      return pictureItem(
        {
          id: address,
          x: x + boxWidth / 2,
          y: y + boxHeight / 2,
          label: format(strings.quickPlace, name, count(at + 1), address),
          look: "free-box",
          choose: () => context.select({ kind: "block", address, line: null }),
        },
        svg("rect", { x: x + 0.5, y, width: boxWidth - 3, height: boxHeight, rx: 2 }),
      );
    });
  });
  return { height: bars.length * rowHeight + 4, still, items };
}
