import type { BytePart, BytePartKind } from "../../src/inspector/byteParts";
import { format, type InspectorStrings } from "../../src/inspector/strings";

/** The bytes around the cursor as the view has them. */
export interface ByteWindow {
  /** Of the first byte. */
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly parts: readonly BytePart[];
}

export function partText(kind: BytePartKind, strings: InspectorStrings): string {
  const texts: Readonly<Record<BytePartKind, string>> = {
    size: strings.partSize,
    flags: strings.partFlags,
    next: strings.partNext,
    previous: strings.partPrevious,
    word: strings.partWord,
    header: strings.partHeader,
    footer: strings.partFooter,
    payload: strings.partPayload,
    padding: strings.partPadding,
    redZone: strings.partRedZone,
    quarantined: strings.partQuarantined,
    free: strings.partFree,
  };
  return texts[kind];
}

/** The part of each byte, in one pass: parts are in address order. */
export function partsByByte({ bytes, parts }: ByteWindow): (BytePart | null)[] {
  const byByte = new Array<BytePart | null>(bytes.length).fill(null);
  for (const part of parts) byByte.fill(part, part.from, Math.min(part.to, bytes.length));
  return byByte;
}

/** `2 digits`. */
export const hexByte = (byte: number): string => byte.toString(16).padStart(2, "0");

/** The character of a byte, a dot for what cannot be printed. */
export const printable = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".");

/** The little-endian number of `width` bytes at an offset; null where they are not all there, or beyond 2^53. */
export function numberAt({ bytes }: ByteWindow, offset: number, width: number): number | null {
  if (offset < 0 || offset + width > bytes.length) return null;
  let value = 0;
  for (let k = width - 1; k >= 0; k--) value = value * 256 + bytes[offset + k];
  return Number.isSafeInteger(value) ? value : null;
}

/** Where the pointer at the cursor leads: the field of a header, else the 8 bytes from the cursor on; null for none. */
export function pointerAt(window: ByteWindow, offset: number, part: BytePart | null): number | null {
  const isField = part !== null && (part.kind === "next" || part.kind === "previous");
  const from = isField ? part.from : offset;
  const value = numberAt(window, from, isField ? Math.min(8, part.to - part.from) : 8);
  return value === null || value === 0 ? null : value;
}

/** What a byte is, for a screen reader: `0x10008: 01, flags of a, line 3, changed`. */
export function byteSentence(
  strings: InspectorStrings,
  address: number,
  byte: number,
  part: BytePart | null,
  isChanged: boolean,
): string {
  const texts = [`0x${address.toString(16)}: ${hexByte(byte)}`];
  if (part !== null) texts.push(partText(part.kind, strings), part.handle ?? part.block);
  if (part !== null && part.line !== null) texts.push(format(strings.line, part.line + 1));
  if (isChanged) texts.push(strings.bytesChanged);
  return texts.join(", ");
}
