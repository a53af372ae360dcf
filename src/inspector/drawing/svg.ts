import { escapeHtml } from "../html";
import type { Bitmap, Box, Font, Ink, Item, Pattern, Stroke, TextItem } from "./displayList";

/** How a file or page shows what a drawing leaves to it. */
export interface SvgMedium {
  readonly colourOf: (ink: Ink) => SvgColour;
  /** A font's family in CSS. */
  readonly familyOf: (font: Font) => string;
  /** What the ids of the drawing begin with; no other drawing of the same page has it. */
  readonly id: string;
  /** Address of an image file with the bitmap; absent where drawings have none. */
  readonly hrefOf?: (bitmap: Bitmap) => string;
}

export interface SvgColour {
  /** Any colour that the readers of the file know. */
  readonly colour: string;
  /** 0 to 1. */
  readonly alpha: number;
}

type Attributes = Readonly<Record<string, string | number | null>>;

/** From a text's `y` down to the line that its letters stand on, in font sizes; most fonts come near. */
const baselines = { top: 0.92, middle: 0.36, alphabetic: 0 } as const;

/** Display items as the inside of an `svg` element, with definitions of their own; it is safe to put into a page. */
export function svgOf(items: readonly Item[], medium: SvgMedium): string {
  return new SvgWriter(medium).write(items);
}

/** An element as text; attributes that are null are left out, `inside` is markup already. */
export function element(tag: string, attributes: Attributes, inside = ""): string {
  let text = `<${tag}`;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) text += ` ${name}="${typeof value === "number" ? number(value) : escapeHtml(value)}"`;
  }
  return inside === "" ? `${text}/>` : `${text}>${inside}</${tag}>`;
}

/** A number without digits that make no difference to the eye. */
const number = (value: number): string => String(Math.round(value * 100) / 100);

class SvgWriter {
  private readonly definitions: string[] = [];
  private readonly patterns = new Map<Pattern, string>();

  constructor(private readonly medium: SvgMedium) {}

  write(items: readonly Item[]): string {
    const body = this.all(items, 1);
    return (this.definitions.length === 0 ? "" : element("defs", {}, this.definitions.join(""))) + body;
  }

  private all(items: readonly Item[], alpha: number): string {
    return items.map((item) => this.one(item, alpha)).join("");
  }

  private one(item: Item, alpha: number): string {
    switch (item.kind) {
      case "rect": {
        const { x, y, width, height, fill, stroke } = item;
        return element("rect", { x, y, width, height, ...this.paint(fill, stroke, item.alpha * alpha) });
      }
      case "path":
        return element("path", { d: item.d, ...this.paint(item.fill, item.stroke, item.alpha * alpha) });
      case "line": {
        const { x1, y1, x2, y2, stroke } = item;
        return element("line", { x1, y1, x2, y2, ...this.strokeOf(stroke, alpha) });
      }
      case "text":
        return this.text(item, alpha);
      case "image": {
        const { x, y, width, height, bitmap } = item;
        const href = this.medium.hrefOf?.(bitmap);
        if (href === undefined) return "";
        const style = "image-rendering:pixelated";
        return element("image", { x, y, width, height, href, preserveAspectRatio: "none", style });
      }
      case "group": {
        const { items, x = 0, y = 0, clip, title } = item;
        const heading = title === undefined ? "" : element("title", {}, escapeHtml(title));
        const attributes = {
          transform: x === 0 && y === 0 ? null : `translate(${number(x)} ${number(y)})`,
          "clip-path": clip === undefined ? null : `url(#${this.clip(clip)})`,
        };
        return element("g", attributes, heading + this.all(items, alpha * (item.alpha ?? 1)));
      }
    }
  }

  private text({ x, y, text, font, ink, anchor, baseline }: TextItem, alpha: number): string {
    const style = `${font.isItalic === true ? "italic " : ""}${font.weight ?? 400} ${font.size}px`;
    const attributes = {
      x,
      y: y + baselines[baseline] * font.size,
      style: `font:${style} ${this.medium.familyOf(font)};white-space:pre`,
      "text-anchor": anchor === "start" ? null : anchor,
      ...this.paint(ink, null, alpha),
    };
    return element("text", attributes, escapeHtml(text));
  }

  private paint(fill: Ink | Pattern | null, stroke: Stroke | null, alpha: number): Attributes {
    if (fill === null) return { fill: "none", ...(stroke === null ? {} : this.strokeOf(stroke, alpha)) };
    const own = typeof fill === "string" ? this.medium.colourOf(fill) : { colour: this.pattern(fill), alpha: 1 };
    const opacity = own.alpha * alpha;
    const attributes = { fill: own.colour, "fill-opacity": opacity === 1 ? null : opacity };
    return stroke === null ? attributes : { ...attributes, ...this.strokeOf(stroke, alpha) };
  }

  private strokeOf({ ink, width, dash, isRound }: Stroke, alpha: number): Attributes {
    const own = this.medium.colourOf(ink);
    const opacity = own.alpha * alpha;
    return {
      stroke: own.colour,
      "stroke-opacity": opacity === 1 ? null : opacity,
      "stroke-width": width,
      "stroke-dasharray": dash === undefined ? null : dash.map(number).join(" "),
      "stroke-linecap": isRound === true ? "round" : null,
      "stroke-linejoin": isRound === true ? "round" : null,
    };
  }

  private clip(box: Box): string {
    const id = this.nextId();
    this.definitions.push(element("clipPath", { id }, element("rect", { ...box })));
    return id;
  }

  /** Address of a pattern, which is defined where it is first used. */
  private pattern(pattern: Pattern): string {
    let id = this.patterns.get(pattern);
    if (id === undefined) {
      id = this.nextId();
      this.patterns.set(pattern, id);
      const { size, tile } = pattern;
      const attributes = { id, patternUnits: "userSpaceOnUse", width: size, height: size };
      this.definitions.push(element("pattern", attributes, this.all(tile, 1)));
    }
    return `url(#${id})`;
  }

  private nextId(): string {
    return `${this.medium.id}-${this.definitions.length + 1}`;
  }
}
