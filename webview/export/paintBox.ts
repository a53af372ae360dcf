import { addSlants, tilePattern } from "../ui/tiles";

/** The ground, the pattern and the borders of an element. */
export function paintBox(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: DOMRect,
  style: CSSStyleDeclaration,
  origin: DOMPoint,
): void {
  if (width === 0 || height === 0) return;
  const left = x - origin.x;
  const top = y - origin.y;
  const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2);
  for (const fill of [style.backgroundColor, ...patternsOf(style)]) {
    context.fillStyle = fill;
    rounded(context, left, top, width, height, style.borderTopLeftRadius.endsWith("%") ? width / 2 : radius);
    context.fill();
  }
  const sides = ["Top", "Right", "Bottom", "Left"] as const;
  const widths = sides.map((side) =>
    style[`border${side}Style`] === "none" ? 0 : Number.parseFloat(style[`border${side}Width`]),
  );
  const colours = sides.map((side) => style[`border${side}Color`]);
  const [thick] = widths;
  if (thick > 0 && widths.every((each) => each === thick) && colours.every((each) => each === colours[0])) {
    context.strokeStyle = colours[0];
    context.lineWidth = thick;
    context.setLineDash(dashOf(style.borderTopStyle, thick));
    const inset = thick / 2;
    rounded(context, left + inset, top + inset, width - thick, height - thick, Math.max(0, radius - inset));
    context.stroke();
    context.setLineDash([]);
    return;
  }
  const edges = [
    [left, top, width, widths[0]],
    [left + width - widths[1], top, widths[1], height],
    [left, top + height - widths[2], width, widths[2]],
    [left, top, widths[3], height],
  ] as const;
  edges.forEach(([edgeX, edgeY, edgeWidth, edgeHeight], at) => {
    context.fillStyle = colours[at];
    if (widths[at] > 0) context.fillRect(edgeX, edgeY, edgeWidth, edgeHeight);
  });
}

function dashOf(borderStyle: string, width: number): number[] {
  if (borderStyle === "dashed") return [3 * width, 2 * width];
  return borderStyle === "dotted" ? [width, width] : [];
}

/** A rectangle with round corners as the path. */
export function rounded(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
  radius: number,
): void {
  context.beginPath();
  if (radius <= 0) {
    context.rect(left, top, width, height);
    return;
  }
  const right = left + width;
  const bottom = top + height;
  const quarter = Math.PI / 2;
  context.moveTo(left + radius, top);
  context.lineTo(right - radius, top);
  context.arc(right - radius, top + radius, radius, -quarter, 0);
  context.lineTo(right, bottom - radius);
  context.arc(right - radius, bottom - radius, radius, 0, quarter);
  context.lineTo(left + radius, bottom);
  context.arc(left + radius, bottom - radius, radius, quarter, 2 * quarter);
  context.lineTo(left, top + radius);
  context.arc(left + radius, top + radius, radius, 2 * quarter, 3 * quarter);
  context.closePath();
}

/** The stripes and dots that style sheets make of gradients; other gradients are left out. */
function patternsOf({ backgroundImage, backgroundSize }: CSSStyleDeclaration): CanvasPattern[] {
  const patterns: CanvasPattern[] = [];
  const stop = String.raw`(?<colour>(?:rgba?|color|oklab)\([^()]*\)) 0px, \k<colour> ([\d.]+)px`;
  const lines = new RegExp(String.raw`repeating-linear-gradient\(([\d.]+)deg, ${stop}[^;]*? ([\d.]+)px\)`, "g");
  for (const [, angle, colour, line, period] of backgroundImage.matchAll(lines)) {
    const pattern = stripes(Number(angle), colour, Number(line), Number(period));
    if (pattern !== null) patterns.push(pattern);
  }
  const dot = /radial-gradient\((?:circle, )?((?:rgba?|color|oklab)\([^()]*\)) ([\d.]+)px/.exec(backgroundImage);
  if (dot !== null) {
    const [, colour, radius] = dot;
    const size = Number.parseFloat(backgroundSize) || 5;
    const pattern = tilePattern(size, size, (inside) => {
      inside.fillStyle = colour;
      inside.beginPath();
      inside.arc(size / 2, size / 2, Number(radius), 0, 2 * Math.PI);
      inside.fill();
    });
    if (pattern !== null) patterns.push(pattern);
  }
  return patterns;
}

/** Stripes at right angles to the gradient's direction: level, upright or slanted by half a right angle. */
function stripes(angle: number, colour: string, line: number, period: number): CanvasPattern | null {
  const isSlanted = angle % 90 !== 0;
  const size = Math.max(2, Math.round(isSlanted ? period * Math.SQRT2 : period));
  return tilePattern(size, size, (inside) => {
    inside.strokeStyle = colour;
    inside.lineWidth = line;
    inside.beginPath();
    if (isSlanted) addSlants(inside, size, angle === 135);
    else if (angle % 180 === 0) {
      inside.moveTo(0, size - line / 2);
      inside.lineTo(size, size - line / 2);
    } else {
      inside.moveTo(line / 2, 0);
      inside.lineTo(line / 2, size);
    }
    inside.stroke();
  });
}
