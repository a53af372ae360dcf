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

/** Adds to the path what repeats as slanted lines from one tile to the next. */
export function addSlants(inside: CanvasRenderingContext2D, size: number, isRising: boolean): void {
  for (const shift of [-size, 0, size]) {
    inside.moveTo(shift, isRising ? size : 0);
    inside.lineTo(shift + size, isRising ? 0 : size);
  }
}

/** Adds both diagonals of a tile to the path. */
export function addCross(inside: CanvasRenderingContext2D, size: number): void {
  inside.moveTo(0, 0);
  inside.lineTo(size, size);
  inside.moveTo(size, 0);
  inside.lineTo(0, size);
}
