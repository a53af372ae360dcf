import {
  isFixed,
  type Bitmap,
  type DisplayList,
  type Font,
  type Ink,
  type Item,
  type MeasureText,
  type Pattern,
  type Stroke,
} from "../../src/inspector/drawing/displayList";
import type { Colours } from "../theme";

const shown = new WeakMap<HTMLCanvasElement, DisplayList>();

/** Draws on a canvas of its own; what it shows can be saved as shapes. */
export function showOn(canvas: HTMLCanvasElement, list: DisplayList, colours: Colours): void {
  shown.set(canvas, list);
  paintOn(canvas, list, colours);
}

/** Makes a list what is saved of a canvas that shows something on the way there. */
export function expectOn(canvas: HTMLCanvasElement, list: DisplayList): void {
  shown.set(canvas, list);
}

/** What a canvas shows; undefined where it was not drawn from a list. */
export function shownOn(canvas: HTMLCanvasElement): DisplayList | undefined {
  return shown.get(canvas);
}

export function paintOn(canvas: HTMLCanvasElement, { width, height, items }: DisplayList, colours: Colours): void {
  paintItems(prepare(canvas, width, height), items, colours);
}

/** A canvas for the device's pixels, as new: resized only where that has changed, because a new size is laid out anew. */
export function prepare(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio || 1;
  const wide = Math.round(width * ratio);
  const high = Math.round(height * ratio);
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d")!;
  context.reset();
  context.scale(ratio, ratio);
  return context;
}

const inkOf = (ink: Ink, colours: Colours): string => (isFixed(ink) ? ink : colours[ink]);

/** Draws display items where the context stands; it is left as it was but for its styles. */
export function paintItems(
  context: CanvasRenderingContext2D,
  items: readonly Item[],
  colours: Colours,
  alpha = 1,
): void {
  for (const item of items) {
    switch (item.kind) {
      case "rect": {
        context.globalAlpha = alpha * item.alpha;
        if (item.fill !== null) {
          context.fillStyle = fillOf(item.fill, colours);
          context.fillRect(item.x, item.y, item.width, item.height);
        }
        if (item.stroke === null) break;
        setStroke(context, item.stroke, colours);
        context.strokeRect(item.x, item.y, item.width, item.height);
        break;
      }
      case "line":
        context.globalAlpha = alpha;
        setStroke(context, item.stroke, colours);
        context.beginPath();
        context.moveTo(item.x1, item.y1);
        context.lineTo(item.x2, item.y2);
        context.stroke();
        break;
      case "path": {
        context.globalAlpha = alpha * item.alpha;
        const path = new Path2D(item.d);
        if (item.fill !== null) {
          context.fillStyle = fillOf(item.fill, colours);
          context.fill(path);
        }
        if (item.stroke === null) break;
        setStroke(context, item.stroke, colours);
        context.stroke(path);
        break;
      }
      case "text":
        context.globalAlpha = alpha;
        context.fillStyle = inkOf(item.ink, colours);
        context.font = fontOf(item.font, colours);
        context.textAlign = item.anchor === "middle" ? "center" : item.anchor;
        context.textBaseline = item.baseline;
        context.fillText(item.text, item.x, item.y);
        break;
      case "image":
        context.globalAlpha = alpha;
        context.imageSmoothingEnabled = false;
        context.drawImage(canvasOf(item.bitmap), item.x, item.y, item.width, item.height);
        break;
      case "group": {
        const { x = 0, y = 0, clip } = item;
        context.save();
        context.translate(x, y);
        if (clip !== undefined) {
          context.beginPath();
          context.rect(clip.x, clip.y, clip.width, clip.height);
          context.clip();
        }
        paintItems(context, item.items, colours, alpha * (item.alpha ?? 1));
        context.restore();
      }
    }
  }
}

const solidLine: readonly number[] = [];

function setStroke(context: CanvasRenderingContext2D, { ink, width, dash, isRound }: Stroke, colours: Colours): void {
  context.strokeStyle = inkOf(ink, colours);
  context.lineWidth = width;
  context.lineCap = isRound === true ? "round" : "butt";
  context.lineJoin = isRound === true ? "round" : "miter";
  context.setLineDash(dash ?? solidLine);
}

function fillOf(fill: Ink | Pattern, colours: Colours): string | CanvasPattern {
  return typeof fill === "string" ? inkOf(fill, colours) : patternOf(fill, colours);
}

const patterns = new WeakMap<Colours, WeakMap<Pattern, CanvasPattern>>();

/** A pattern in a theme's colours, made when it is first drawn with. */
export function patternOf(pattern: Pattern, colours: Colours): CanvasPattern {
  let made = patterns.get(colours);
  if (made === undefined) patterns.set(colours, (made = new WeakMap()));
  let known = made.get(pattern);
  if (known === undefined) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = pattern.size;
    const context = tile.getContext("2d")!;
    paintItems(context, pattern.tile, colours);
    made.set(pattern, (known = context.createPattern(tile, "repeat")!));
  }
  return known;
}

/** A family of CSS for the families that themes have. */
export function familyOf({ family }: Font, colours: Colours): string {
  return family === "text" ? colours.font : family === "monospace" ? colours.monospace : family;
}

function fontOf(font: Font, colours: Colours): string {
  return `${font.isItalic === true ? "italic " : ""}${font.weight ?? 400} ${font.size}px ${familyOf(font, colours)}`;
}

const ruler = document.createElement("canvas").getContext("2d")!;

/** Widths of texts in a theme's fonts. */
export function measureIn(colours: Colours): MeasureText {
  return (text, font) => {
    ruler.font = fontOf(font, colours);
    return ruler.measureText(text).width;
  };
}

const canvases = new WeakMap<Bitmap, HTMLCanvasElement>();

/** The pixels of a bitmap on a canvas, made when they are first drawn. */
export function canvasOf(bitmap: Bitmap): HTMLCanvasElement {
  const known = canvases.get(bitmap);
  if (known !== undefined) return known;
  const { width, height, pixels } = bitmap;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")!.putImageData(new ImageData(pixels, width, height), 0, 0);
  canvases.set(bitmap, canvas);
  return canvas;
}
