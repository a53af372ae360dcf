import type { PoolCell } from "../../src/inspector/model";
import { setAttributes, svg } from "../ui/dom";

/** More arrows than this are a smear: the first ones of the list are drawn, the numbers on the cells say the rest. */
const arrowBudget = 120;
/** From the lower edge of a cell to the lane of the arrows, below its texts. */
const lane = 8;
/** From a cell's middle to where links leave and arrive, so that two of one cell stay apart. */
const apart = 7;

/** Draws the free list as arrows from block to block in the order of handing out; `elements` are those of the cells. */
export function drawPoolArrows(
  layer: SVGSVGElement,
  cells: readonly PoolCell[],
  elements: readonly HTMLElement[],
  headText: string,
): void {
  const list = cells
    .map(({ listPlace, first }, at) => ({ place: listPlace, index: first, element: elements[at] }))
    .filter(({ place }) => place !== null)
    .sort((left, right) => left.place! - right.place!)
    .slice(0, arrowBudget + 1);
  const points = list.map(({ element, index }) => ({
    index,
    x: element.offsetLeft + element.offsetWidth / 2,
    y: element.offsetTop + element.offsetHeight - lane,
  }));
  const shapes: SVGElement[] = [];
  points.slice(1).forEach((to, before) => {
    const from = points[before];
    const isForward = to.index > from.index;
    const x1 = from.x + (to.x < from.x ? -apart : apart);
    const x2 = to.x + (to.x > from.x ? -apart : apart);
    // Within a row it stays in the lane; between rows it leaves and arrives along it.
    const bend = from.y === to.y ? 0 : Math.max(24, Math.abs(x2 - x1) / 3);
    const out = to.x < from.x ? -bend : bend;
    const look = isForward ? "link-path" : "link-path backward";
    const tip = to.x > from.x ? -6 : 6;
    shapes.push(
      svg("path", {
        class: look,
        d: `M${x1} ${from.y}C${x1 + out} ${from.y} ${x2 - out} ${to.y} ${x2} ${to.y}`,
        "data-order": before,
        "data-from": from.index,
        "data-to": to.index,
      }),
      svg("path", { class: "link-tip", d: `M${x2} ${to.y}l${tip} -3.5v7z` }),
    );
  });
  const head = points.at(0);
  if (head !== undefined) {
    shapes.push(
      svg("circle", { class: "link-head", cx: head.x, cy: head.y, r: 4, "data-head": head.index }),
      svg("title", {}, headText),
    );
  }
  const bottom = elements.reduce((most, { offsetTop, offsetHeight }) => Math.max(most, offsetTop + offsetHeight), 0);
  const right = elements.reduce((most, { offsetLeft, offsetWidth }) => Math.max(most, offsetLeft + offsetWidth), 0);
  setAttributes(layer, { width: right, height: bottom, viewBox: `0 0 ${right} ${bottom}` });
  layer.replaceChildren(...shapes);
}
