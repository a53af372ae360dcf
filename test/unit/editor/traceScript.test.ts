import * as assert from "node:assert/strict";
import { TraceScript } from "../../../src/editor/TraceScript";
import { parse } from "../../../src/language/parser";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function convert(trace: string, pieces: number): { text: string; isTrace: boolean } {
  const script = new TraceScript("Converted from x\nfree 1");
  const bytes = encode(trace);
  const length = Math.max(1, Math.ceil(bytes.length / pieces));
  for (let start = 0; start < bytes.length; start += length) script.feed(bytes.subarray(start, start + length));
  const text = script.finish();
  return { text, isTrace: script.isTrace };
}

const mtrace = `= Start
@ app:[0x1] + 0x5000 0x64
@ app:[0x2] + 0x6000 0x0
@ app:[0x3] - 0x5000
@ app:[0x4] + 0x5000 0x20
@ app:[0x5] < 0x5000
@ app:[0x5] > 0x7000 0x40
@ app:[0x6] - 0x6000
= End
`;

describe("TraceScript", () => {
  const expected = `# Converted from x free 1
heap 1MiB grow=128KiB
b[0] = alloc 100
b[1] = alloc 1
free b[0]
b[0] = alloc 32
b[0] = realloc b[0] 64
free b[1]
`;
  for (const pieces of [1, 3, 17, 1000]) {
    it(`writes one line an operation, read in ${pieces} pieces`, () => {
      const { text, isTrace } = convert(mtrace, pieces);
      assert.equal(isTrace, true);
      assert.equal(text, expected);
      assert.deepEqual(parse(text).problems, []);
    });
  }

  it("knows what is no trace", () => {
    assert.equal(convert("hello\nworld\n", 1).isTrace, false);
    assert.equal(convert("", 1).isTrace, false);
  });
});
