/** How text is encoded: in one byte a character of ASCII, or in two with the lower byte first or last. */
export type Encoding = "utf8" | "utf16le" | "utf16be";

/** By the byte order mark; without one text is UTF-8 unless every other of the first bytes is 0. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf16be";
  const sample = head.subarray(0, Math.min(head.length, 64) & ~1);
  if (sample.length < 4) return "utf8";
  if (sample.every((byte, at) => (byte === 0) === (at % 2 === 1))) return "utf16le";
  return sample.every((byte, at) => (byte === 0) === (at % 2 === 0)) ? "utf16be" : "utf8";
}

/** Turns UTF-16 that comes in chunks into bytes of ASCII; a character outside of it becomes a question mark. */
export class Utf16Decoder {
  /** The first byte of a character whose second one has not come; -1: none. */
  private half = -1;

  constructor(private readonly encoding: "utf16le" | "utf16be") {}

  decode(chunk: Uint8Array): Uint8Array {
    const text = new Uint8Array((chunk.length + 1) >> 1);
    let length = 0;
    for (const byte of chunk) {
      if (this.half === -1) {
        this.half = byte;
        continue;
      }
      const [high, low] = this.encoding === "utf16le" ? [byte, this.half] : [this.half, byte];
      this.half = -1;
      if (high === 0xfe && low === 0xff) continue;
      text[length++] = high === 0 && low < 0x80 ? low : 0x3f;
    }
    return text.subarray(0, length);
  }
}

/** The bytes as ASCII or UTF-8, whatever their encoding. */
export function readable(bytes: Uint8Array): Uint8Array {
  const encoding = encodingOf(bytes);
  return encoding === "utf8" ? bytes : new Utf16Decoder(encoding).decode(bytes);
}
