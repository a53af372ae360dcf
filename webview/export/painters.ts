/** Draws on any canvas what its own canvas shows. */
export type CanvasPainter = (sheet: HTMLCanvasElement) => void;

const painters = new WeakMap<HTMLCanvasElement, CanvasPainter>();

/** Tells how to draw a canvas again, so that a picture of it can be saved as shapes instead of pixels. */
export function paintedBy(canvas: HTMLCanvasElement, painter: CanvasPainter): void {
  painters.set(canvas, painter);
}

export function painterOf(canvas: HTMLCanvasElement): CanvasPainter | undefined {
  return painters.get(canvas);
}
