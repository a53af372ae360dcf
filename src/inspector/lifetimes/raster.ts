import type { Lives } from "./lives";
import type { LifeWindow } from "./window";

/** What is in a pixel, as bits. */
export const pixelHasBlock = 1;
export const pixelHasLeak = 2;

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Row by row from the highest addresses down: the share of the pixel's bytes and steps that was in use, of 255. */
  readonly share: Uint8Array;
  /** Bits of what touches the pixel, however small. */
  readonly marks: Uint8Array;
}

/**
 * Aggregates lives by pixel. Each life adds the corners of its rectangle to tables of differences, which are summed up
 * once at the end (Crow's summed-area tables, backwards): O(lives + pixels), whatever the size of the rectangles. Any
 * pixel that a leaked block touches is marked as such.
 */
export class RasterBuilder {
  private readonly stride: number;
  private readonly area: Float64Array;
  private readonly blocks: Int32Array;
  private readonly leaks: Int32Array;
  private readonly perStep: number;
  private readonly perByte: number;

  constructor(
    private readonly window: LifeWindow,
    private readonly width: number,
    private readonly height: number,
  ) {
    // Two columns and rows more, for the differences behind the last pixel.
    this.stride = width + 2;
    const length = this.stride * (height + 2);
    this.area = new Float64Array(length);
    this.blocks = new Int32Array(length);
    this.leaks = new Int32Array(length);
    this.perStep = width / (window.toStep - window.fromStep);
    this.perByte = height / (window.high - window.low);
  }

  add(lives: Lives, life: number): void {
    const { window, width, height } = this;
    const left = Math.max(0, (lives.born[life] - window.fromStep) * this.perStep);
    const right = Math.min(width, (lives.ended[life] - window.fromStep) * this.perStep);
    const address = lives.address[life];
    // Rows go down as addresses go up.
    const top = Math.max(0, (window.high - address - lives.size[life]) * this.perByte);
    const bottom = Math.min(height, (window.high - address) * this.perByte);
    const firstColumn = Math.min(width - 1, Math.floor(left));
    const firstRow = Math.min(height - 1, Math.floor(top));
    const endColumn = Math.max(firstColumn + 1, Math.ceil(right));
    const endRow = Math.max(firstRow + 1, Math.ceil(bottom));
    this.mark(this.blocks, firstColumn, firstRow, endColumn, endRow);
    if (lives.leaked[life] === 1) this.mark(this.leaks, firstColumn, firstRow, endColumn, endRow);
    this.cover(left, right, top, bottom);
  }

  finish(): Raster {
    const { width, height, stride, area, blocks, leaks } = this;
    const share = new Uint8Array(width * height);
    const marks = new Uint8Array(width * height);
    for (let row = 0; row < height; row++) {
      let areaHere = 0;
      let blocksHere = 0;
      let leaksHere = 0;
      for (let column = 0; column < width; column++) {
        const at = row * stride + column;
        areaHere += area[at];
        blocksHere += blocks[at];
        leaksHere += leaks[at];
        const pixel = row * width + column;
        share[pixel] = Math.max(0, Math.min(255, Math.round(areaHere * 255)));
        marks[pixel] = (blocksHere > 0 ? pixelHasBlock : 0) | (leaksHere > 0 ? pixelHasLeak : 0);
        // The row's sums go into the next row, so that each row needs to add up its own differences only.
        area[at + stride] += area[at];
        blocks[at + stride] += blocks[at];
        leaks[at + stride] += leaks[at];
      }
    }
    return { width, height, share, marks };
  }

  private mark(table: Int32Array, left: number, top: number, right: number, bottom: number): void {
    const { stride } = this;
    table[top * stride + left]++;
    table[top * stride + right]--;
    table[bottom * stride + left]--;
    table[bottom * stride + right]++;
  }

  /** Adds the rectangle's exact area to the pixels. */
  private cover(left: number, right: number, top: number, bottom: number): void {
    const row = Math.floor(top);
    const lastRow = Math.ceil(bottom) - 1;
    const first = Math.min(bottom, row + 1) - top;
    this.coverRow(row, left, right, first);
    if (lastRow <= row) {
      this.coverRow(row + 1, left, right, -first);
      return;
    }
    const last = bottom - lastRow;
    this.coverRow(row + 1, left, right, 1 - first);
    this.coverRow(lastRow, left, right, last - 1);
    this.coverRow(lastRow + 1, left, right, -last);
  }

  /** From this row on, what lies between left and right is covered by so much more. */
  private coverRow(row: number, left: number, right: number, more: number): void {
    const { area } = this;
    const column = Math.floor(left);
    const lastColumn = Math.ceil(right) - 1;
    const at = row * this.stride;
    const first = Math.min(right, column + 1) - left;
    area[at + column] += first * more;
    if (lastColumn <= column) {
      area[at + column + 1] -= first * more;
      return;
    }
    const last = right - lastColumn;
    area[at + column + 1] += (1 - first) * more;
    area[at + lastColumn] += (last - 1) * more;
    area[at + lastColumn + 1] -= last * more;
  }
}
