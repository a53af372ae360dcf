import type { FreeEntry } from "../../../src/inspector/model";
import { format } from "../../../src/inspector/strings";
import type { PanelContext } from "../../context";
import { svg } from "../../ui/dom";
import { bytes, count, size } from "../../ui/numbers";
import { pictureItem, type Drawing } from "../../ui/Picture";

const boxWidth = 124;
const boxHeight = 36;
const gap = 20;
const top = 6;
const rowHeight = boxHeight + 14;
/** Blocks drawn of one list; the table twin has more. */
export const chainBudget = 60;

/** A list of free blocks in its own order: boxes with sizes and addresses, an arrow from each to the next. */
export function drawChain(context: PanelContext, entries: readonly FreeEntry[], total: number, width: number): Drawing {
  const { strings } = context;
  const perRow = Math.max(1, Math.floor((width + gap) / (boxWidth + gap)));
  const shown = entries.slice(0, chainBudget);
  const left = (at: number): number => (at % perRow) * (boxWidth + gap);
  const upper = (at: number): number => top + Math.floor(at / perRow) * rowHeight;
  const still: SVGElement[] = [];
  for (let at = 1; at < shown.length; at++) {
    const y = upper(at) + boxHeight / 2;
    // The first box of a row has its arrow come in from the left edge of the row before's end.
    if (at % perRow === 0) {
      const from = upper(at - 1) + boxHeight;
      const x = left(at - 1) + boxWidth / 2;
      const middle = (from + upper(at)) / 2;
      still.push(
        svg("path", { class: "chain-link", d: `M${x} ${from}V${middle}H${boxWidth / 2}V${upper(at) - 4}` }),
        svg("path", { class: "chain-tip", d: `M${boxWidth / 2} ${upper(at)}l-3.5 -6h7z` }),
      );
    } else {
      still.push(
        svg("path", { class: "chain-link", d: `M${left(at) - gap} ${y}h${gap - 5}` }),
        svg("path", { class: "chain-tip", d: `M${left(at)} ${y}l-6 -3.5v7z` }),
      );
    }
  }
  const items = shown.map(({ address, size: whole }, at) => {
    const x = left(at);
    const y = upper(at);
    return pictureItem(
      {
        id: address,
        x: x + boxWidth / 2,
        y: y + boxHeight / 2,
        label: format(strings.chainPlace, count(at + 1), address, bytes(whole, strings)),
        look: "free-box",
        choose: () => context.select({ kind: "block", address, line: null }),
      },
      svg("rect", { x: x + 0.5, y, width: boxWidth - 1, height: boxHeight, rx: 2 }),
      svg("text", { class: "box-title", x: x + 7, y: y + 15 }, `#${at + 1} · ${size(whole)}`),
      svg("text", { class: "box-note", x: x + 7, y: y + 29 }, address),
    );
  });
  const rows = Math.ceil(shown.length / perRow);
  const hidden = total - shown.length;
  const bottom = top + rows * rowHeight;
  if (hidden > 0)
    still.push(svg("text", { class: "caption", x: 0, y: bottom + 8 }, format(strings.chainMore, count(hidden))));
  return { height: bottom + (hidden > 0 ? 16 : 0), still, items };
}
