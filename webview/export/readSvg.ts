import {
  label,
  shape,
  type Box,
  type Font,
  type Ink,
  type Item,
  type Pattern,
  type Stroke,
} from "../../src/inspector/drawing/displayList";
import { circle } from "../../src/inspector/drawing/patterns";
import { solid } from "./solid";

/** The shapes of a drawing on the page, with the colours that the style sheet gives them. */
export function readSvg(drawing: SVGSVGElement, origin: DOMPoint): Item[] {
  const { display, visibility, overflowX } = getComputedStyle(drawing);
  const { x, y, width, height } = drawing.getBoundingClientRect();
  if (display === "none" || visibility === "hidden" || width === 0) return [];
  const items = readAll(drawing);
  // The drawings of the panel are as large as their view boxes: a unit is a pixel.
  const clip = overflowX === "hidden" ? { x: 0, y: 0, width, height } : undefined;
  return [{ kind: "group", x: x - origin.x, y: y - origin.y, clip, items }];
}

function readAll(parent: Element): Item[] {
  return Array.from(parent.children).flatMap((child) => (child instanceof SVGGraphicsElement ? readShape(child) : []));
}

function readShape(element: SVGGraphicsElement): Item[] {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden" || element instanceof SVGDefsElement) return [];
  const alpha = Number(style.opacity);
  if (element instanceof SVGGElement) return [{ kind: "group", alpha, items: readAll(element) }];
  if (element instanceof SVGTextElement) return readLetters(element, style);
  return readOutline(pathOf(element), style, alpha);
}

function readLetters(text: SVGTextElement, style: CSSStyleDeclaration): Item[] {
  if (style.fill === "none") return [];
  const first = (list: SVGAnimatedLengthList): number =>
    list.baseVal.numberOfItems === 0 ? 0 : list.baseVal.getItem(0).value;
  const { colour } = solid(style.fill);
  const anchor = style.textAnchor as "start" | "middle" | "end";
  const baseline = style.dominantBaseline === "auto" ? "alphabetic" : "middle";
  return [
    label(text.textContent, first(text.x), first(text.y), { font: fontOf(style), ink: colour, anchor, baseline }),
  ];
}

function readOutline(d: string, style: CSSStyleDeclaration, alpha: number): Item[] {
  const items: Item[] = [];
  const fill = fillOf(style.fill);
  if (fill !== null) items.push(shape(d, fill.fill, null, alpha * fill.alpha * Number(style.fillOpacity)));
  if (style.stroke === "none") return items;
  const { colour: ink, alpha: own } = solid(style.stroke);
  const dash = style.strokeDasharray.match(/[\d.]+/g)?.map(Number);
  const isRound = style.strokeLinecap === "round" || style.strokeLinejoin === "round";
  const stroke: Stroke = { ink, width: Number.parseFloat(style.strokeWidth), dash, isRound };
  items.push(shape(d, null, stroke, alpha * own * Number(style.strokeOpacity)));
  return items;
}

/** A colour, or the pattern of the page that the style names; null for none. */
function fillOf(fill: string): { readonly fill: Ink | Pattern; readonly alpha: number } | null {
  if (fill === "none") return null;
  const id = /^url\("?#([^")]+)"?\)/.exec(fill)?.[1];
  if (id === undefined) {
    const { colour, alpha } = solid(fill);
    return { fill: colour, alpha };
  }
  const pattern = document.getElementById(id);
  if (!(pattern instanceof SVGPatternElement)) return null;
  return { fill: { size: pattern.width.baseVal.value, tile: readAll(pattern) }, alpha: 1 };
}

/** The outline of a shape as path data. */
function pathOf(element: SVGGraphicsElement): string {
  if (element instanceof SVGRectElement) {
    const [x, y, width, height] = [element.x, element.y, element.width, element.height].map(
      ({ baseVal }) => baseVal.value,
    );
    const radius = Math.min(Number.parseFloat(getComputedStyle(element).rx) || 0, width / 2, height / 2);
    return roundedBox({ x, y, width, height }, radius);
  }
  if (element instanceof SVGCircleElement) {
    const { cx, cy, r } = element;
    return circle(cx.baseVal.value, cy.baseVal.value, r.baseVal.value);
  }
  if (element instanceof SVGLineElement) {
    const [x1, y1, x2, y2] = [element.x1, element.y1, element.x2, element.y2].map(({ baseVal }) => baseVal.value);
    return `M${x1} ${y1}L${x2} ${y2}`;
  }
  return element.getAttribute("d") ?? "";
}

/** Path data of a rectangle with round corners. */
export function roundedBox({ x, y, width, height }: Box, radius: number): string {
  if (radius <= 0) return `M${x} ${y}h${width}v${height}h${-width}Z`;
  const corner = (dx: number, dy: number): string => `a${radius} ${radius} 0 0 1 ${dx * radius} ${dy * radius}`;
  const across = width - 2 * radius;
  const down = height - 2 * radius;
  return `M${x + radius} ${y}h${across}${corner(1, 1)}v${down}${corner(-1, 1)}h${-across}${corner(-1, -1)}v${-down}${corner(1, -1)}Z`;
}

export function fontOf({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): Font {
  return {
    size: Number.parseFloat(fontSize),
    weight: Number(fontWeight),
    isItalic: fontStyle === "italic",
    family: fontFamily,
  };
}
