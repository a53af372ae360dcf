/** Bytes at the start of a trace by which its format is recognised. */
export const headBytes = 16_384;
/** Bytes of a line by which a format is recognised. */
const longestSample = 4096;
/** Lines by which a format is recognised. */
const mostLines = 400;

/** Keeps the first bytes of something that comes in chunks until there are enough. */
export class Head {
  private readonly chunks: Uint8Array[] = [];
  private length = 0;

  constructor(readonly wanted = headBytes) {}

  /** Whether there are enough bytes now. Chunks are copied, since a host may use their memory again. */
  add(chunk: Uint8Array): boolean {
    this.chunks.push(chunk.slice());
    this.length += chunk.length;
    return this.length >= this.wanted;
  }

  /** Everything so far. */
  take(): Uint8Array {
    if (this.chunks.length === 1) return this.chunks[0];
    const all = new Uint8Array(this.length);
    let at = 0;
    for (const chunk of this.chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }
}

/**
 * The lines at the start of a trace, trimmed and without comments and empty ones. The last line is left out where the trace
 * goes on after these bytes, because it may be cut off.
 */
export function headLines(bytes: Uint8Array, isWhole: boolean, most = mostLines): string[] {
  const lines: string[] = [];
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (start < bytes.length && lines.length < most) {
    let end = bytes.indexOf(10, start);
    if (end === -1) {
      if (!isWhole && lines.length > 0) break;
      end = bytes.length;
    }
    const line = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + longestSample))).trim();
    if (line !== "" && !line.startsWith("#")) lines.push(line);
    start = end + 1;
  }
  return lines;
}
