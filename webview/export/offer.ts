import type { SavedFormat } from "../../src/inspector/protocol";

/** A file that some part of the panel offers to save; the panel hands it to the host, which asks where. */
export interface OfferedFile {
  /** Without its ending. */
  readonly name: string;
  /** The same in one or several formats: the user says which. */
  readonly files: readonly SavedFormat[];
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
