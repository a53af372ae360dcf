import { el, svg } from "../ui/dom";

/** Measures of the boxes that stand for slots of swap space and of the lookaside buffer, in CSS pixels. */
export const slotHeight = 34;
export const slotRow = slotHeight + 4;
export const narrowestSlot = 52;
export const widestSlot = 96;

/** What the looks of the boxes mean. */
export function slotLegend(...looks: readonly (readonly [look: string, text: string])[]): HTMLElement {
  const entries = looks.map(([look, text]) =>
    el("li", {}, el("span", { class: `slot-swatch ${look}`, "aria-hidden": "true" }), text),
  );
  return el("ul", { class: "legend" }, ...entries);
}

/** A line of text in the middle of a box. */
export function slotText(look: "box-title" | "box-note", x: number, y: number, text: string): SVGElement {
  return svg("text", { class: look, x, y, "text-anchor": "middle" }, text);
}
