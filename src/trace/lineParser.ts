import type { OperationBatch } from "./operations";

/** Reads the lines of one trace format. Ranges are half-open and hold no line end and no blanks around the text. */
export interface LineParser {
  readonly format: "mtrace" | "rep";
  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: OperationBatch): void;
  /** After the last line: `ended` says whether that line had a line end. */
  finish(line: number, ended: boolean): void;
}

export const isBlank = (byte: number | undefined): boolean => byte === 32 || byte === 9;
