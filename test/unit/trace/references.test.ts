import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { formats, referenceFormats } from "../../../src/trace/formats";
import { recognise } from "../../../src/trace/recognise";
import { ReferenceBatch } from "../../../src/trace/references";
import { TraceReader } from "../../../src/trace/TraceReader";
import { bytesOf, feedCut } from "../replay/traces";

const letters = ["r", "w", "x", "m"];

/** What a reader makes of a text, one word a reference, the first stray line and how many there are, and what it has against it. */
function read(id: string, text: string, cuts: readonly number[] = []): string {
  const candidates = referenceFormats.filter((format) => format.id === id);
  const reader = new TraceReader(candidates);
  const batch = new ReferenceBatch();
  const words: string[] = [];
  const take = (): void => {
    for (let k = 0; k < batch.length; k++) {
      words.push(`${batch.lines[k]}${letters[batch.kinds[k]]}${batch.addresses[k].toString(16)}+${batch.sizes[k]}`);
    }
    batch.clear();
  };
  feedCut(bytesOf(text), cuts, (chunk) => {
    reader.feed(chunk, batch);
    take();
  });
  reader.finish(batch);
  take();
  const { count = 0, first = 0 } = reader.reading?.strays ?? {};
  return [
    ...words,
    ...(count === 0 ? [] : [`~${first}*${count}`]),
    ...reader.problems.map(({ line, message }) => `!${line} ${message.split(" ").slice(0, 5).join(" ")}`),
  ].join(" ");
}

const lackey = "==12== Lackey\nI  04014073,3\n L 7FEFFF7F8,8\r\n S 1fff000768,16\n M 0421c7c8,4\n==12== end\n";
const din = "2 0\n0 1fc0\n1 0x1fc4 junk\n3 7\n4 0\n5 0\n";
const ref = "# pages\n7 0,1 w 2\nr 0x1001, x0 3 # more\n x 0X2\n";

const cases: readonly (readonly [string, string, string])[] = [
  ["lackey", lackey, "1x4014073+3 2r7fefff7f8+8 3w1fff000768+16 4m421c7c8+4"],
  ["lackey", "I 10\nX 1,2\nI  g,1\n L 1,0\nI10,1", "0x10+1 ~1*3 !3 The size is not a"],
  ["din", din, "0x0+1 1r1fc0+1 2w1fc4+1 3r7+1"],
  ["din", "6 1\n0\n0 xyz", "~0*3 !0 This is no line of"],
  ["ref", ref, "1r7000+1 1r0+1 1r1000+1 1w2000+1 2r1001+1 2r3000+1 3x2+1 !2 The address is not a"],
  ["ref", "-1 9007199254740993 five", "!0 The address is not a !0 The address is not a !0 The address is not a"],
];

describe("traces of memory references", () => {
  for (const [format, text, expected] of cases) {
    it(`${format}: ${JSON.stringify(text.slice(0, 30))}`, () => assert.equal(read(format, text), expected));
  }

  it("read the same however the bytes are cut", () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.array(fc.nat(100), { maxLength: 8 }), ([format, text], cuts) => {
        assert.equal(read(format, text, cuts), read(format, text));
      }),
    );
  });

  it("never throw, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.constantFrom(...referenceFormats), fc.uint8Array({ maxLength: 300 }), (format, bytes) => {
        const reader = new TraceReader([format]);
        const batch = new ReferenceBatch();
        reader.feed(bytes, batch);
        reader.finish(batch);
        for (let k = 0; k < batch.length; k++) assert.ok(batch.addresses[k] >= 0 && batch.sizes[k] >= 1);
        recognise(bytes, formats);
      }),
    );
  });

  /** With the format where only those of references are possible, if it differs. */
  const heads: readonly (readonly [string, string | null, string?])[] = [
    [lackey, "lackey"],
    ["==1== Lackey\n==1== Copyright\n", "lackey"],
    [din.replace(" junk", ""), "din"],
    ["0 1fc0\n2 abc\n", "din"],
    ["7 0 1 2 0 3 0 4\n", "ref"],
    ["1\n2\n3\n4\n5\n", "ref"],
    ["0x1000\n0x2000 w 0x3000\n", "addresses"],
    ["1000\n10\n20\n1\na 0 512\n", "rep"],
    ["1000\n10\n20\n1\n", "addresses"],
    ["r 1 9\nr 1 12\n", "rep", "ref"],
    ["a = alloc 3\n", "rep, perhaps"],
    ["@ prog:(main+0x1)[0x2] + 0x10 0x20\n", "mtrace"],
    ["= Start\n", "mtrace"],
    ["heap 1MiB\na = alloc 3\n", null],
    ["", null],
  ];
  for (const [text, expected, amongReferences] of heads) {
    it(`${JSON.stringify(text.slice(0, 30))} is ${expected ?? "something else"}`, () => {
      const found = recognise(bytesOf(text), formats);
      assert.equal(found === null ? null : `${found.format.id}${found.isSure ? "" : ", perhaps"}`, expected);
      const isReference = found?.format.kind === "references";
      const own = recognise(bytesOf(text), referenceFormats)?.format;
      assert.equal(own?.id, amongReferences ?? (isReference ? found.format.id : undefined));
    });
  }
});
