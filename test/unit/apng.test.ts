import assert from "node:assert/strict";
import { crc32, deflateSync } from "node:zlib";
import { apngOf, chunksOf } from "../webview/apng";

/** A grey PNG of one pixel. */
function pixel(value: number, width = 1): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(data.length, 0);
    numbers.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([numbers.subarray(0, 4), body, numbers.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, width, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const rows = deflateSync(Buffer.from([0, ...new Array<number>(width).fill(value)]));
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

describe("Animated PNG", () => {
  it("has each picture's data as it was, with sequence numbers and times", () => {
    const pictures = [10, 20, 30].map((value) => ({ png: pixel(value), milliseconds: value }));
    const chunks = chunksOf(apngOf(pictures));
    assert.deepEqual(
      chunks.map(({ type }) => type),
      ["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"],
    );
    assert.equal(chunks[1].data.readUInt32BE(0), 3);
    const controls = chunks.filter(({ type }) => type === "fcTL");
    assert.deepEqual(
      controls.map(({ data }) => [data.readUInt32BE(0), data.readUInt16BE(20), data.readUInt16BE(22)]),
      [
        [0, 10, 1000],
        [1, 20, 1000],
        [3, 30, 1000],
      ],
    );
    const last = chunks[7].data;
    assert.equal(last.readUInt32BE(0), 4);
    assert.deepEqual(last.subarray(4), chunksOf(pixel(30))[1].data);
  });

  it("is of one size", () => {
    const pictures = [pixel(1), pixel(1, 2)].map((png) => ({ png, milliseconds: 1 }));
    assert.throws(() => apngOf(pictures), /different sizes/);
  });
});
