/** A file that some part of the panel offers to save; the panel hands it to the host, which asks where. */
export interface OfferedFile {
  /** With its ending. */
  readonly name: string;
  readonly data: Uint8Array;
}

/** The event by which an element offers a file; it bubbles up to the panel. */
export const offeredFile = "offeredfile";

/** Offers a file from an element of the panel. */
export function offerFile(from: Element, file: OfferedFile): void {
  from.dispatchEvent(new CustomEvent<OfferedFile>(offeredFile, { bubbles: true, detail: file }));
}

/** Comma-separated values (RFC 4180): quotes where a value has commas, quotes or line ends. */
export function csvOf(rows: readonly (readonly string[])[]): Uint8Array {
  const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return new TextEncoder().encode(rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join(""));
}

/** A canvas as it is now, on a ground of its own. */
export async function pngOf(canvas: HTMLCanvasElement, background: string): Promise<Uint8Array | null> {
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext("2d");
  if (context === null) return null;
  context.fillStyle = background;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => copy.toBlob(resolve, "image/png"));
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
}
