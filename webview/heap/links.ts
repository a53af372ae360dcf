import type { HeapView } from "../../src/inspector/model";
import { setAttributes } from "../ui/dom";
import { redraw, type Shape } from "../ui/redraw";
import { linkRoom, mapHeight } from "./paint";
import type { Scale } from "./scale";

/** More arrows than this are a smear: the first ones of the list are drawn, the table has all. */
const arrowBudget = 120;

/** Draws the free list as arrows from block to block in list order, and names the list's head. */
export function drawLinks(layer: SVGSVGElement, heap: HeapView, scale: Scale, headText: string): void {
  setAttributes(layer, { width: scale.width, height: mapHeight, viewBox: `0 0 ${scale.width} ${mapHeight}` });
  const shapes: Shape[] = [];
  const { freeList } = heap;
  for (let at = 0; at + 1 < freeList.length && shapes.length < arrowBudget * 2; at++) {
    const from = freeList[at];
    const to = freeList[at + 1];
    const start = scale.visibleMiddle(from.offset, from.size);
    const end = scale.visibleMiddle(to.offset, to.size);
    if (start === null && end === null) continue;
    // A block outside the window is where its edge of the window is.
    const edge = (offset: number): number => (offset < scale.window.from ? 0 : scale.width);
    shapes.push(
      ...arrow(start ?? edge(from.offset), end ?? edge(to.offset), end !== null, at, from.address, to.address),
    );
  }
  const head = freeList.at(0);
  const headAt = head === undefined ? null : scale.visibleMiddle(head.offset, head.size);
  if (head !== undefined && headAt !== null) {
    const x = Math.max(14, Math.min(scale.width - 14, headAt));
    shapes.push(
      {
        tag: "circle",
        attributes: { class: "link-head", cx: headAt, cy: linkRoom, r: 4, "data-head": head.address },
      },
      {
        tag: "text",
        attributes: { class: "link-label", x, y: linkRoom - 8, "text-anchor": "middle" },
        text: headText,
      },
    );
  }
  redraw(layer, shapes);
}

/** Every link leaves right of its block's middle and arrives left of it, so that two links of one block stay apart. */
function arrow(start: number, end: number, tip: boolean, order: number, from: string, to: string): Shape[] {
  const forward = end >= start;
  const x1 = start + 6;
  const x2 = end - 6;
  const distance = Math.abs(x2 - x1);
  const height = Math.min(linkRoom - 8, 16 + distance * 0.12);
  const top = linkRoom - height * 1.3;
  const bend = Math.min(distance * 0.2, 30) * (forward ? 1 : -1);
  const base = linkRoom - 1;
  const path = `M${round(x1)} ${base}C${round(x1 + bend)} ${round(top)} ${round(x2 - bend)} ${round(top)} ${round(x2)} ${base - 4}`;
  const className = forward ? "link-path" : "link-path backward";
  const shapes: Shape[] = [
    {
      tag: "path",
      attributes: { class: className, d: path, "data-order": order, "data-from": from, "data-to": to },
    },
  ];
  if (tip) {
    // The tip lies along the curve's end, which comes from (x2 - bend, top).
    const angle = Math.atan2(base - 4 - top, bend);
    const wing = (turn: number): string =>
      `${round(x2 - 10 * Math.cos(angle + turn))} ${round(base - 10 * Math.sin(angle + turn))}`;
    const d = `M${round(x2)} ${base}L${wing(0.42)}L${wing(-0.42)}Z`;
    shapes.push({ tag: "path", attributes: { class: "link-tip", d } });
  }
  return shapes;
}

const round = (value: number): number => Math.round(value * 10) / 10;
