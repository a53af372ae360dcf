import { tilePattern } from "../ui/tiles";
import { contextOf, fontOf, type Target } from "./paintElement";
import { SvgContext } from "./SvgContext";

/** Draws the shapes of a drawing on the page with the colours that the style sheet gives them. */
export function paintSvg(target: Target, drawing: SVGSVGElement, origin: DOMPoint): void {
  const { display, visibility, overflowX } = getComputedStyle(drawing);
  const box = drawing.getBoundingClientRect();
  if (display === "none" || visibility === "hidden" || box.width === 0) return;
  const context = contextOf(target);
  context.save();
  if (overflowX === "hidden") {
    context.beginPath();
    context.rect(box.x - origin.x, box.y - origin.y, box.width, box.height);
    context.clip();
  }
  for (const child of drawing.children) {
    if (child instanceof SVGGraphicsElement) paintShape(target, child, origin);
  }
  context.restore();
}

function paintShape(target: Target, shape: SVGGraphicsElement, origin: DOMPoint): void {
  const style = getComputedStyle(shape);
  if (style.display === "none" || style.visibility === "hidden" || shape instanceof SVGDefsElement) return;
  const context = contextOf(target);
  context.save();
  context.globalAlpha *= Number(style.opacity);
  if (shape instanceof SVGGElement) {
    for (const child of shape.children) if (child instanceof SVGGraphicsElement) paintShape(target, child, origin);
  } else {
    const matrix = shape.getScreenCTM();
    if (matrix !== null) {
      const { a, b, c, d, e, f } = matrix;
      context.transform(a, b, c, d, e - origin.x, f - origin.y);
      if (shape instanceof SVGTextElement) paintLetters(context, shape, style);
      else paintOutline(target, pathOf(shape), style);
    }
  }
  context.restore();
}

function paintLetters(context: CanvasRenderingContext2D, text: SVGTextElement, style: CSSStyleDeclaration): void {
  if (style.fill === "none") return;
  const first = (list: SVGAnimatedLengthList): number =>
    list.baseVal.numberOfItems === 0 ? 0 : list.baseVal.getItem(0).value;
  context.font = fontOf(style);
  context.textAlign = { start: "left", middle: "center", end: "right" }[style.textAnchor] as CanvasTextAlign;
  context.textBaseline = style.dominantBaseline === "auto" ? "alphabetic" : "middle";
  context.fillStyle = style.fill;
  context.globalAlpha *= Number(style.fillOpacity);
  context.fillText(text.textContent, first(text.x), first(text.y));
}

function paintOutline(target: Target, data: string, style: CSSStyleDeclaration): void {
  const context = contextOf(target);
  const { globalAlpha } = context;
  const fill = fillOf(style.fill);
  if (fill !== null) {
    context.fillStyle = fill;
    context.globalAlpha = globalAlpha * Number(style.fillOpacity);
    along(target, data, "fill");
  }
  if (style.stroke === "none") return;
  context.strokeStyle = style.stroke;
  context.globalAlpha = globalAlpha * Number(style.strokeOpacity);
  context.lineWidth = Number.parseFloat(style.strokeWidth);
  context.lineCap = style.strokeLinecap as CanvasLineCap;
  context.lineJoin = style.strokeLinejoin as CanvasLineJoin;
  context.setLineDash((style.strokeDasharray.match(/[\d.]+/g) ?? []).map(Number));
  along(target, data, "stroke");
}

/** Fills or strokes a path of SVG. */
function along(target: Target, data: string, how: "fill" | "stroke"): void {
  if (target instanceof SvgContext) {
    target.setPathData(data);
    target[how]();
  } else target[how](new Path2D(data));
}

/** A colour, or the pattern of the page that the style names; null for none. */
function fillOf(fill: string): string | CanvasPattern | null {
  if (fill === "none") return null;
  const id = /^url\("?#([^")]+)"?\)/.exec(fill)?.[1];
  if (id === undefined) return fill;
  const pattern = document.getElementById(id);
  if (!(pattern instanceof SVGPatternElement)) return null;
  const { width, height } = pattern;
  return tilePattern(width.baseVal.value, height.baseVal.value, (inside) => {
    for (const child of pattern.children) {
      if (child instanceof SVGGraphicsElement) drawInTile(inside, child);
    }
  });
}

/** The tile of a pattern has no place on the page: its shapes stand where their numbers say. */
function drawInTile(inside: CanvasRenderingContext2D, shape: SVGGraphicsElement): void {
  const style = getComputedStyle(shape);
  // The context may be one that writes SVG behind the type of a real one.
  const target = inside as Target;
  paintOutline(target, pathOf(shape), style);
}

/** The outline of a shape as path data. */
function pathOf(shape: SVGGraphicsElement): string {
  if (shape instanceof SVGRectElement) {
    const [x, y, width, height] = [shape.x, shape.y, shape.width, shape.height].map(({ baseVal }) => baseVal.value);
    const round = Math.min(Number.parseFloat(getComputedStyle(shape).rx) || 0, width / 2, height / 2);
    if (round === 0) return `M${x} ${y}h${width}v${height}h${-width}Z`;
    const corner = (dx: number, dy: number): string => `a${round} ${round} 0 0 1 ${dx * round} ${dy * round}`;
    const across = width - 2 * round;
    const down = height - 2 * round;
    return `M${x + round} ${y}h${across}${corner(1, 1)}v${down}${corner(-1, 1)}h${-across}${corner(-1, -1)}v${-down}${corner(1, -1)}Z`;
  }
  if (shape instanceof SVGCircleElement) {
    const [x, y, radius] = [shape.cx, shape.cy, shape.r].map(({ baseVal }) => baseVal.value);
    const half = `a${radius} ${radius} 0 1 1`;
    return `M${x - radius} ${y}${half} ${2 * radius} 0${half} ${-2 * radius} 0Z`;
  }
  if (shape instanceof SVGLineElement) {
    const [x1, y1, x2, y2] = [shape.x1, shape.y1, shape.x2, shape.y2].map(({ baseVal }) => baseVal.value);
    return `M${x1} ${y1}L${x2} ${y2}`;
  }
  return shape.getAttribute("d") ?? "";
}
