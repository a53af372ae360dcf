import { filled, isFixed, type DisplayList, type Ink } from "../../src/inspector/drawing/displayList";
import { element, svgOf, type SvgColour } from "../../src/inspector/drawing/svg";
import { canvasOf, familyOf, paintOn } from "../drawing/canvas";
import type { Colours } from "../theme";
import { offerFile } from "./offer";
import { readElement } from "./readElement";
import { solid } from "./solid";

/** Pixels around a saved drawing. */
const margin = 8;

/** Offers an element of the panel as it looks now, as SVG and as pixels: the user chooses when asked where to save it. */
export async function offerDrawing(from: HTMLElement, name: string, colours: Colours): Promise<void> {
  const list = listOf(from);
  const svg = new TextEncoder().encode(svgFile(list, colours));
  const png = await pngFile(list, colours);
  const files = [{ ending: "svg", data: svg }, ...(png === null ? [] : [{ ending: "png", data: png }])];
  offerFile(from, { name, files });
}

/** A file that needs nothing else. */
function svgFile({ width, height, items }: DisplayList, colours: Colours): string {
  const colourOf = (ink: Ink): SvgColour => (isFixed(ink) ? { colour: ink, alpha: 1 } : solid(colours[ink]));
  const inside = svgOf(items, {
    colourOf,
    familyOf: (font) => familyOf(font, colours),
    id: "part",
    hrefOf: (bitmap) => canvasOf(bitmap).toDataURL("image/png"),
  });
  const attributes = { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` };
  return element("svg", attributes, inside);
}

/** The pixels of the screen; null where the browser refuses a canvas. */
async function pngFile(list: DisplayList, colours: Colours): Promise<Uint8Array | null> {
  const canvas = document.createElement("canvas");
  paintOn(canvas, list, colours);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
}

/** The element on a sheet that ends below the last thing that is part of the drawing. */
function listOf(root: HTMLElement): DisplayList {
  const box = root.getBoundingClientRect();
  const twins = root.querySelector("section > .twins:last-child")?.getBoundingClientRect();
  const bottom = twins !== undefined && twins.height > 0 ? Math.min(box.bottom, twins.top) : box.bottom;
  const width = Math.ceil(box.width) + 2 * margin;
  const height = Math.ceil(bottom - box.top) + 2 * margin;
  const ground = solid(getComputedStyle(document.body).backgroundColor).colour;
  const items = readElement(root, new DOMPoint(box.x - margin, box.y - margin));
  return { width, height, items: [filled(0, 0, width, height, ground), ...items] };
}
