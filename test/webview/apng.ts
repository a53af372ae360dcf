import { crc32 } from "node:zlib";

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The chunks of a PNG file, in their order. */
export function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/**
 * An animated PNG that shows pictures of one size and kind for so many milliseconds each, again and again. Their compressed
 * data is taken over as it is. https://www.w3.org/TR/png-3/#apng-frame-based-animation
 */
export function apngOf(frames: readonly { readonly png: Buffer; readonly milliseconds: number }[]): Buffer {
  const [first] = frames;
  const header = chunksOf(first.png)[0].data;
  const parts = [signature, written("IHDR", header), written("acTL", numbers(frames.length, 0))];
  let sequence = 0;
  for (const { png, milliseconds } of frames) {
    const chunks = chunksOf(png);
    if (!chunks[0].data.equals(header)) throw new Error("The pictures have different sizes or kinds.");
    const size = numbers(header.readUInt32BE(0), header.readUInt32BE(4));
    const delay = Buffer.alloc(6);
    delay.writeUInt16BE(milliseconds, 0);
    delay.writeUInt16BE(1000, 2);
    parts.push(written("fcTL", Buffer.concat([numbers(sequence++), size, numbers(0, 0), delay])));
    const data = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map((chunk) => chunk.data));
    if (png === first.png) parts.push(written("IDAT", data));
    else parts.push(written("fdAT", Buffer.concat([numbers(sequence++), data])));
  }
  parts.push(written("IEND", Buffer.alloc(0)));
  return Buffer.concat(parts);
}

function numbers(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, at) => buffer.writeUInt32BE(value, 4 * at));
  return buffer;
}

function written(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([numbers(data.length), body, numbers(crc32(body))]);
}
