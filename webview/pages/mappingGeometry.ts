/** Heights of the drawing of pages and frames in CSS pixels: pages above, frames below, room for captions around. */
export const pageTop = 22;
export const cellHeight = 28;
export const frameTop = 118;
export const drawingHeight = 170;

/** Where pages and frames are in the drawing: middles and widths in CSS pixels. */
export interface MappingGeometry {
  /** Null for a page that is not drawn. */
  readonly pageX: (vpn: number) => number | null;
  readonly frameX: (pfn: number) => number;
  readonly pageWidth: number;
  readonly frameWidth: number;
}

/** The line from a page to its frame. */
export function linePath(pageX: number, frameX: number): string {
  const middle = (pageTop + cellHeight + frameTop) / 2;
  return `M${pageX} ${pageTop + cellHeight}C${pageX} ${middle} ${frameX} ${middle} ${frameX} ${frameTop - 5}`;
}
