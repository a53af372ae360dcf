import { paintBox } from "./paintBox";
import { paintSvg } from "./paintSvg";
import { painterOf } from "./painters";
import { SvgContext } from "./SvgContext";

/** What either makes pixels or writes SVG. */
export type Target = CanvasRenderingContext2D | SvgContext;

export const contextOf = (target: Target): CanvasRenderingContext2D =>
  target instanceof SvgContext ? target.asContext : target;

/** What belongs to the panel and not to its drawings. */
const leftOut =
  "vscode-button, button[data-action], select, input, label, summary, details:not([open]), dialog, .tools, .codicon, .sr-only, [hidden], .muted[aria-live]";

/** Draws an element as it stands on the page, from a point on: boxes, texts, SVG and canvases. */
export function paintElement(target: Target, element: HTMLElement, origin: DOMPoint, ground: string): void {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden" || element.matches(leftOut)) return;
  const context = contextOf(target);
  context.save();
  context.globalAlpha *= Number(style.opacity);
  const box = element.getBoundingClientRect();
  if (element instanceof HTMLCanvasElement) paintCanvas(target, element, origin, ground);
  else {
    paintBox(context, box, style, origin);
    if (style.overflowX !== "visible") {
      context.beginPath();
      context.rect(box.x - origin.x, box.y - origin.y, box.width, box.height);
      context.clip();
    }
    for (const child of element.childNodes) {
      if (child instanceof Text) paintText(context, child, style, origin);
      else if (child instanceof SVGSVGElement) paintSvg(target, child, origin);
      else if (child instanceof HTMLElement) paintElement(target, child, origin, ground);
    }
  }
  context.restore();
}

function paintCanvas(target: Target, canvas: HTMLCanvasElement, origin: DOMPoint, ground: string): void {
  const { x, y, width, height } = canvas.getBoundingClientRect();
  if (width === 0 || height === 0 || canvas.width === 0) return;
  const painter = painterOf(canvas);
  const context = contextOf(target);
  if (!(target instanceof SvgContext) || painter === undefined) {
    context.drawImage(canvas, x - origin.x, y - origin.y, width, height);
    return;
  }
  const inner = new SvgContext(ground);
  const sheet = inner.asCanvas();
  painter(sheet);
  context.save();
  context.translate(x - origin.x, y - origin.y);
  // What sizes its sheet does so for the screen's pixels.
  target.embed(inner, sheet.width === 0 ? 1 : width / sheet.width);
  context.restore();
}

/** Each line of a text at its place. */
function paintText(context: CanvasRenderingContext2D, node: Text, style: CSSStyleDeclaration, origin: DOMPoint): void {
  const content = node.data;
  if (content.trim() === "") return;
  context.font = fontOf(style);
  context.fillStyle = style.color;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  const range = document.createRange();
  const lines: { text: string; left: number; top: number }[] = [];
  for (const { 0: word, index } of content.matchAll(/\s*\S+/g)) {
    const start = index + word.length - word.trimStart().length;
    range.setStart(node, start);
    range.setEnd(node, index + word.length);
    const { left, top, width } = range.getBoundingClientRect();
    if (width === 0) continue;
    const line = lines.at(-1);
    if (line !== undefined && Math.abs(line.top - top) < 2) line.text += ` ${word.trimStart()}`;
    else lines.push({ text: word.trimStart(), left, top });
  }
  const { fontBoundingBoxAscent } = context.measureText("x");
  for (const { text, left, top } of lines) {
    context.fillText(text, left - origin.x, top - origin.y + fontBoundingBoxAscent);
  }
}

export function fontOf({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): string {
  return `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
}
