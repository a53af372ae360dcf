import {
  filled,
  label,
  shape,
  type Box,
  type FixedInk,
  type Font,
  type Item,
  type Pattern,
} from "../../src/inspector/drawing/displayList";
import { circle, slants } from "../../src/inspector/drawing/patterns";
import { shownOn } from "../drawing/canvas";
import { fontOf, readSvg, roundedBox } from "./readSvg";
import { solid } from "./solid";

/** What belongs to the panel and not to its drawings. */
const leftOut =
  "vscode-button, button[data-action], select, input, label, summary, details:not([open]), dialog, .tools, .codicon, .sr-only, [hidden], .muted[aria-live]";

/** An element of the page as it looks now, drawn from a point of the page on: boxes, texts, SVG and canvases. */
export function readElement(element: HTMLElement, origin: DOMPoint): Item[] {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden" || element.matches(leftOut)) return [];
  const { x, y, width, height } = element.getBoundingClientRect();
  const box: Box = { x: x - origin.x, y: y - origin.y, width, height };
  if (element instanceof HTMLCanvasElement) return readCanvas(element, box);
  const inside = [...element.childNodes].flatMap((child): Item[] => {
    if (child instanceof Text) return readText(child, style, origin);
    if (child instanceof SVGSVGElement) return readSvg(child, origin);
    return child instanceof HTMLElement ? readElement(child, origin) : [];
  });
  const clip = style.overflowX === "visible" || inside.length === 0 ? undefined : box;
  const items = [
    ...readBox(box, style),
    ...(clip === undefined ? inside : [{ kind: "group", clip, items: inside } as const]),
  ];
  const alpha = Number(style.opacity);
  return alpha === 1 ? items : [{ kind: "group", alpha, items }];
}

/** Shapes where the canvas was drawn from a display list, pixels for the rest: charts. */
function readCanvas(canvas: HTMLCanvasElement, box: Box): Item[] {
  const { x, y, width, height } = box;
  if (width === 0 || height === 0 || canvas.width === 0) return [];
  const list = shownOn(canvas);
  if (list !== undefined) {
    return [{ kind: "group", x, y, clip: { x: 0, y: 0, width: list.width, height: list.height }, items: list.items }];
  }
  const bitmap = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
  return [{ kind: "image", ...box, bitmap: { width: bitmap.width, height: bitmap.height, pixels: bitmap.data } }];
}

/** The ground, the pattern and the borders of an element. */
function readBox(box: Box, style: CSSStyleDeclaration): Item[] {
  const { x, y, width, height } = box;
  if (width === 0 || height === 0) return [];
  const corner = style.borderTopLeftRadius;
  const radius = corner.endsWith("%") ? width / 2 : Math.min(Number.parseFloat(corner) || 0, width / 2, height / 2);
  const ground = solid(style.backgroundColor);
  const pattern = patternOf(style);
  const outline = roundedBox(box, radius);
  const items: Item[] = [];
  if (ground.alpha > 0) items.push(shape(outline, ground.colour, null, ground.alpha));
  if (pattern !== null) items.push(shape(outline, pattern.pattern, null, pattern.alpha));
  const [top, right, bottom, left] = (["Top", "Right", "Bottom", "Left"] as const).map((side) => {
    const thick = style[`border${side}Style`] === "none" ? 0 : Number.parseFloat(style[`border${side}Width`]);
    return { thick, ...solid(style[`border${side}Color`]) };
  });
  const { thick, colour, alpha } = top;
  if (thick > 0 && [right, bottom, left].every((side) => side.thick === thick && side.colour === colour)) {
    const inset = thick / 2;
    const middle = { x: x + inset, y: y + inset, width: width - thick, height: height - thick };
    const stroke = { ink: colour, width: thick, dash: dashOf(style.borderTopStyle, thick) };
    items.push(shape(roundedBox(middle, Math.max(0, radius - inset)), null, stroke, alpha));
    return items;
  }
  const edge = (side: typeof top, ...[left, upper, wide, high]: readonly [number, number, number, number]): void => {
    if (side.thick > 0) items.push(filled(left, upper, wide, high, side.colour, side.alpha));
  };
  edge(top, x, y, width, top.thick);
  edge(right, x + width - right.thick, y, right.thick, height);
  edge(bottom, x, y + height - bottom.thick, width, bottom.thick);
  edge(left, x, y, left.thick, height);
  return items;
}

function dashOf(borderStyle: string, width: number): readonly number[] | undefined {
  if (borderStyle === "dashed") return [3 * width, 2 * width];
  return borderStyle === "dotted" ? [width, width] : undefined;
}

/** The pattern that the style sheet names beside the gradient that shows it: `--ms-pattern: rising 1 4 #ff0000`. */
function patternOf(style: CSSStyleDeclaration): { readonly pattern: Pattern; readonly alpha: number } | null {
  const [look = "", thickness, period, ...rest] = style.getPropertyValue("--ms-pattern").trim().split(" ");
  if (look === "" || look === "none") return null;
  const { colour, alpha } = solid(rest.join(" "));
  return { pattern: tileOf(look, Number(thickness), Number(period), colour), alpha };
}

/** Dots of a radius in squares of a width, or lines of a thickness that repeat after a width. */
function tileOf(look: string, thickness: number, period: number, ink: FixedInk): Pattern {
  if (look === "dots") {
    return { size: period, tile: [shape(circle(period / 2, period / 2, thickness), ink)] };
  }
  const stroke = { ink, width: thickness };
  if (look === "level") {
    const y = period - thickness / 2;
    return { size: period, tile: [shape(`M0 ${y}H${period}`, null, stroke)] };
  }
  const size = Math.round(period * Math.SQRT2);
  const rising = shape(slants(size, true), null, stroke);
  const falling = shape(slants(size, false), null, stroke);
  return { size, tile: look === "crossed" ? [rising, falling] : [look === "rising" ? rising : falling] };
}

/** Each line of a text at its place. */
function readText(node: Text, style: CSSStyleDeclaration, origin: DOMPoint): Item[] {
  const content = node.data;
  if (content.trim() === "") return [];
  const range = document.createRange();
  const lines: { text: string; left: number; top: number; height: number }[] = [];
  for (const { 0: word, index } of content.matchAll(/\s*\S+/g)) {
    const start = index + word.length - word.trimStart().length;
    range.setStart(node, start);
    range.setEnd(node, index + word.length);
    const { left, top, width, height } = range.getBoundingClientRect();
    if (width === 0) continue;
    const line = lines.at(-1);
    if (line !== undefined && Math.abs(line.top - top) < 2) line.text += ` ${word.trimStart()}`;
    else lines.push({ text: word.trimStart(), left, top, height });
  }
  const font: Font = fontOf(style);
  const ink = solid(style.color).colour;
  return lines.map(({ text, left, top, height }) =>
    label(text, left - origin.x, top - origin.y + height / 2, { font, ink, baseline: "middle" }),
  );
}
