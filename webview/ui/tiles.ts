/** What a pattern repeats. */
export interface Tile {
  readonly width: number;
  readonly height: number;
  readonly draw: (inside: CanvasRenderingContext2D) => void;
}

const tiles = new WeakMap<object, Tile>();

/** A pattern that repeats a tile; the tile is kept, so that drawings can be made again as SVG. Null where it cannot be made. */
export function tilePattern(width: number, height: number, draw: Tile["draw"]): CanvasPattern | null {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const inside = canvas.getContext("2d");
  if (inside === null) return null;
  draw(inside);
  const pattern = inside.createPattern(canvas, "repeat");
  if (pattern !== null) tiles.set(pattern, { width, height, draw });
  return pattern;
}

/** The tile of a pattern made by {@link tilePattern}. */
export function tileOf(pattern: object): Tile | undefined {
  return tiles.get(pattern);
}
