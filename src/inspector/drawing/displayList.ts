/** A role that a theme gives a colour. */
export type Role =
  | "foreground"
  | "muted"
  | "background"
  | "grid"
  | "used"
  | "free"
  | "leaked"
  | "changed"
  | "link"
  | "focus"
  | "largest"
  | "fragmentation"
  | "error";

/** The colour of a role, or a fixed colour as `#rrggbb`. */
export type Ink = Role | FixedInk;

export type FixedInk = `#${string}`;

export function isFixed(ink: Ink): ink is FixedInk {
  return ink.startsWith("#");
}

/** What repeats over an area, from the upper left corner of the whole drawing. */
export interface Pattern {
  /** Width and height of the repeated tile, in pixels. */
  readonly size: number;
  readonly tile: readonly Item[];
}

export interface Stroke {
  readonly ink: Ink;
  readonly width: number;
  /** Lengths of dashes and gaps, in turn. */
  readonly dash?: readonly number[] | undefined;
  /** Round line ends and corners. */
  readonly isRound?: boolean;
}

export interface Font {
  /** In pixels. */
  readonly size: number;
  /** 100 to 900. */
  readonly weight?: number;
  readonly isItalic?: boolean;
  /** `text` and `monospace` are the theme's; anything else is a family of CSS. */
  readonly family: string;
}

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface RectItem extends Box {
  readonly kind: "rect";
  readonly fill: Ink | Pattern | null;
  readonly stroke: Stroke | null;
  /** Opacity, 0 to 1. */
  readonly alpha: number;
}

export interface LineItem {
  readonly kind: "line";
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly stroke: Stroke;
}

export interface PathItem {
  readonly kind: "path";
  /** Path data of SVG. */
  readonly d: string;
  readonly fill: Ink | Pattern | null;
  readonly stroke: Stroke | null;
  readonly alpha: number;
}

export interface TextItem {
  readonly kind: "text";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly font: Font;
  readonly ink: Ink;
  readonly anchor: "start" | "middle" | "end";
  /** What of the letters lies at `y`. */
  readonly baseline: "top" | "middle" | "alphabetic";
}

/** Pixels of red, green, blue and opacity, a byte each, row by row. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** A bitmap stretched over a box; its pixels keep their edges. */
export interface ImageItem extends Box {
  readonly kind: "image";
  readonly bitmap: Bitmap;
}

/** Items with an origin, an opacity and a clip of their own. */
export interface GroupItem {
  readonly kind: "group";
  readonly items: readonly Item[];
  /** Where the group's origin lies. */
  readonly x?: number;
  readonly y?: number;
  readonly alpha?: number;
  /** What is drawn of the items, in the group's coordinates. */
  readonly clip?: Box | undefined;
  /** What a pointer that rests on the group is shown, where the medium can. */
  readonly title?: string;
}

export type Item = RectItem | LineItem | PathItem | TextItem | ImageItem | GroupItem;

/** A drawing as data, in the order of painting: a canvas, an SVG file and a page of HTML show the same. */
export interface DisplayList {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly items: readonly Item[];
}

/** Width of a text in pixels, as the medium will draw it or as near as it can be known. */
export type MeasureText = (text: string, font: Font) => number;

export function filled(x: number, y: number, width: number, height: number, fill: Ink | Pattern, alpha = 1): RectItem {
  return { kind: "rect", x, y, width, height, fill, stroke: null, alpha };
}

/** A rectangle whose outline lies on the given borders, half of it outside. */
export function outlined(x: number, y: number, width: number, height: number, stroke: Stroke): RectItem {
  return { kind: "rect", x, y, width, height, fill: null, stroke, alpha: 1 };
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: Stroke): LineItem {
  return { kind: "line", x1, y1, x2, y2, stroke };
}

export function shape(d: string, fill: Ink | Pattern | null, stroke: Stroke | null = null, alpha = 1): PathItem {
  return { kind: "path", d, fill, stroke, alpha };
}

export function label(
  text: string,
  x: number,
  y: number,
  look: Pick<TextItem, "font" | "ink"> & Partial<Pick<TextItem, "anchor" | "baseline">>,
): TextItem {
  const { font, ink, anchor = "start", baseline = "alphabetic" } = look;
  return { kind: "text", x, y, text, font, ink, anchor, baseline };
}
