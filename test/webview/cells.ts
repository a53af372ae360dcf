import type { Page } from "playwright-core";
import { openPage } from "../harness/chromium";

/** Pixels of a cell, either way. */
export const cellSize = 10;

/** A picture averaged over cells: small differences of fonts and edges vanish in it, those of layout and colour stay. */
export interface Cells {
  readonly columns: number;
  readonly rows: number;
  /** Red, green and blue of each cell, row by row. */
  readonly colours: readonly number[];
}

export interface CellDifference {
  /** How many cells differ, of how many. */
  readonly count: number;
  readonly of: number;
  /** The first one that differs most, in cells from the upper left corner; null where none does. */
  readonly worst: { readonly column: number; readonly row: number; readonly distance: number } | null;
  readonly differing: readonly number[];
}

let page: Page | undefined;

/** A page without content security, to decode pictures in; the end of a suite's browser closes it. */
async function workbench(): Promise<Page> {
  if (page === undefined || page.isClosed()) page = await openPage();
  return page;
}

export function dataUrl(type: "image/png" | "image/svg+xml", data: Uint8Array): string {
  return `data:${type};base64,${Buffer.from(data).toString("base64")}`;
}

/** The cells of a picture: `size` pixels each, of what is `inset` pixels inside of its edges. */
export async function cellsOf(url: string, { size = cellSize, inset = 0 } = {}): Promise<Cells> {
  // As text: the driver looks at each number of an array several times.
  const text = await (
    await workbench()
  ).evaluate(
    async ([source, edge, within]) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const width = image.width - 2 * within;
      const height = image.height - 2 * within;
      const canvas = document.createElement("canvas");
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext("2d")!;
      context.drawImage(image, -within, -within);
      const { data } = context.getImageData(0, 0, width, height);
      const columns = Math.ceil(width / edge);
      const rows = Math.ceil(height / edge);
      const colours: number[] = [];
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const sums = [0, 0, 0];
          let count = 0;
          for (let y = row * edge; y < Math.min(height, (row + 1) * edge); y++) {
            for (let x = column * edge; x < Math.min(width, (column + 1) * edge); x++) {
              for (let channel = 0; channel < 3; channel++) sums[channel] += data[(y * width + x) * 4 + channel];
              count++;
            }
          }
          for (const sum of sums) colours.push(Math.round(sum / count));
        }
      }
      return JSON.stringify({ columns, rows, colours } satisfies Cells);
    },
    [url, size, inset] as const,
  );
  return JSON.parse(text) as Cells;
}

/** Compares two pictures; a cell differs when one of its colours is more than `tolerance` (of 255) away. */
export function differenceOf(left: Cells, right: Cells, tolerance: number): CellDifference {
  const columns = Math.max(left.columns, right.columns);
  const rows = Math.max(left.rows, right.rows);
  const differing: number[] = [];
  let worst: CellDifference["worst"] = null;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const distance = distanceAt(left, right, column, row);
      if (distance <= tolerance) continue;
      differing.push(row * columns + column);
      if (worst === null || distance > worst.distance) worst = { column, row, distance };
    }
  }
  return { count: differing.length, of: columns * rows, worst, differing };
}

function distanceAt(left: Cells, right: Cells, column: number, row: number): number {
  const isIn = ({ columns, rows }: Cells): boolean => column < columns && row < rows;
  if (!isIn(left) || !isIn(right)) return 255;
  const at = (cells: Cells): number => (row * cells.columns + column) * 3;
  return Math.max(
    ...[0, 1, 2].map((channel) => Math.abs(left.colours[at(left) + channel] - right.colours[at(right) + channel])),
  );
}

/** Cells as a PNG, one pixel each. */
export async function smallPng({ columns, rows, colours }: Cells): Promise<Buffer> {
  const url = await (
    await workbench()
  ).evaluate(
    ([width, height, values]) => {
      const canvas = document.createElement("canvas");
      canvas.width = width;
      canvas.height = height;
      const context = canvas.getContext("2d")!;
      const image = context.createImageData(width, height);
      for (let pixel = 0; pixel < width * height; pixel++) {
        for (let channel = 0; channel < 3; channel++) image.data[pixel * 4 + channel] = values[pixel * 3 + channel];
        image.data[pixel * 4 + 3] = 255;
      }
      context.putImageData(image, 0, 0);
      return canvas.toDataURL("image/png");
    },
    [columns, rows, colours] as const,
  );
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

/** The picture with the cells that differ framed. */
export async function markedPng(picture: string, { differing }: CellDifference, columns: number): Promise<Buffer> {
  const url = await (
    await workbench()
  ).evaluate(
    async ([source, cells, across, size]) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext("2d")!;
      context.drawImage(image, 0, 0);
      context.strokeStyle = "magenta";
      context.lineWidth = 2;
      for (const cell of cells) {
        context.strokeRect((cell % across) * size, Math.floor(cell / across) * size, size, size);
      }
      return canvas.toDataURL("image/png");
    },
    [picture, differing, columns, cellSize] as const,
  );
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}
