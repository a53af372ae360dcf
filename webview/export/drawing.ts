import { markup } from "./markup";
import { offerFile } from "./offer";
import { paintElement } from "./paintElement";
import { SvgContext } from "./SvgContext";

/** Pixels around a saved drawing. */
const margin = 8;

/** Offers an element of the panel as a drawing, SVG or pixels: what the user says when asked where. */
export async function offerDrawing(element: HTMLElement, name: string): Promise<void> {
  const svg = new TextEncoder().encode(svgOf(element));
  const png = await pngOf(element);
  const files = [{ ending: "svg", data: svg }, ...(png === null ? [] : [{ ending: "png", data: png }])];
  offerFile(element, { name, files });
}

/** The element as it looks now, as SVG that needs nothing else. */
function svgOf(element: HTMLElement): string {
  const { width, height, origin, ground } = pageOf(element);
  const context = new SvgContext(ground);
  paintElement(context, element, origin, ground);
  const background = markup("rect", { width, height, fill: ground });
  const attributes = { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` };
  return markup("svg", attributes, background + context.markup);
}

/** The element as it looks now, in the pixels of the screen; null where the browser refuses a canvas. */
async function pngOf(element: HTMLElement): Promise<Uint8Array | null> {
  const { width, height, origin, ground } = pageOf(element);
  const canvas = document.createElement("canvas");
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  if (context === null) return null;
  context.scale(ratio, ratio);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  paintElement(context, element, origin, ground);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
}

/** The sheet that the element is drawn on: it ends below the last thing that is part of the drawing. */
function pageOf(element: HTMLElement): {
  readonly width: number;
  readonly height: number;
  readonly origin: DOMPoint;
  readonly ground: string;
} {
  const box = element.getBoundingClientRect();
  const twins = element.querySelector("section > .twins:last-child")?.getBoundingClientRect();
  const bottom = twins !== undefined && twins.height > 0 ? Math.min(box.bottom, twins.top) : box.bottom;
  return {
    width: Math.ceil(box.width) + 2 * margin,
    height: Math.ceil(bottom - box.top) + 2 * margin,
    origin: new DOMPoint(box.x - margin, box.y - margin),
    ground: getComputedStyle(document.body).backgroundColor,
  };
}
