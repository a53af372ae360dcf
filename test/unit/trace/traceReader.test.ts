import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as fc from "fast-check";
import { allocationFormats } from "../../../src/trace/formats";
import { OperationBatch } from "../../../src/trace/operations";
import { TraceReader } from "../../../src/trace/TraceReader";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function readAll(bytes: Uint8Array, cuts: readonly number[] = []) {
  const reader = new TraceReader(allocationFormats);
  const batch = new OperationBatch();
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    reader.feed(bytes.slice(from, Math.max(from, cut)), batch);
    from = Math.max(from, cut);
  }
  reader.feed(bytes.slice(from), batch);
  reader.finish(batch);
  const names = ["a", "r", "f", "!"];
  const operations = Array.from({ length: batch.length }, (_, k) =>
    [names[batch.kinds[k]], batch.blocks[k], batch.olds[k], batch.sizes[k], batch.sites[k], batch.lines[k]].join(" "),
  );
  return { operations, problems: reader.problems, format: reader.format?.id, sites: reader.sites };
}

describe("TraceReader", () => {
  for (const [name, counts] of [
    ["sqlite", { a: 2361, r: 53, f: 2361 }],
    ["ls", null],
    ["cc1", { a: 3558, r: 350, f: 1256 }],
  ] as const) {
    it(`reads the trace of ${name} as a split by lines does, without a problem`, () => {
      const bytes = gunzipSync(readFileSync(join(__dirname, "../../fixtures/traces", `${name}.mtrace.gz`)));
      const { operations, problems, format } = readAll(bytes);
      assert.equal(format, "mtrace");
      assert.deepEqual(problems, []);
      const naive: string[] = [];
      let old = -1;
      for (const line of bytes.toString().split("\n")) {
        const [, , op, block, size] = line.split(" ");
        if (op === "<") old = Number(block);
        else if (op === "+") naive.push(`a ${Number(block)} -1 ${Number(size)}`);
        else if (op === ">") naive.push(`r ${Number(block)} ${old} ${Number(size)}`);
        else if (op === "-") naive.push(`f ${Number(block)} -1 0`);
      }
      assert.deepEqual(
        operations.map((text) => text.split(" ").slice(0, 4).join(" ")),
        naive,
      );
      for (const [kind, count] of Object.entries(counts ?? {})) {
        assert.equal(naive.filter((text) => text.startsWith(kind)).length, count);
      }
    });
  }

  for (const [what, text, operations, messages] of [
    ["a header of four", "9\n1\n2\n1\na 0 8\nf 0\n", ["a 0 -1 8 -1 4", "f 0 -1 0 -1 5"], []],
    ["CRLF and a header of two", "1\r\n2\r\na 0 8\r\nf 0\r\n", ["a 0 -1 8 -1 2", "f 0 -1 0 -1 3"], []],
    ["free of null", "f -1\n", ["f -1 -1 0 -1 0"], []],
    ["a missing size", "a 0\nf 0", ["f 0 -1 0 -1 1"], [/size is missing/]],
    ["a size of letters", "a 0 xyz\n", [], [/size is not/]],
    ["a negative size", "a 0 -4\n", [], [/size is not/]],
    ["a huge size", "a 0 99999999999999999999\n", [], [/size is not/]],
    ["a cut trace", "9\n1\n5\n1\na 0 8\n", ["a 0 -1 8 -1 4"], [/promises 5 operations/]],
    ["no site", "+ 0x10 0x8\n- 0x10\n", ["a 16 -1 8 -1 0", "f 16 -1 0 -1 1"], []],
    ["a failed realloc", "@ a b:[0x1] ! 0x10 0x8\n", ["! 16 -1 8 0 0"], []],
    ["a failed malloc", "+ (nil) 0x8\n", ["! -1 -1 8 -1 0"], []],
    ["half a realloc", "< 0x10\n", [], [/never came/]],
    ["the other half", "> 0x10 0x8\n", ["a 16 -1 8 -1 0"], [/without its/]],
    ["a line cut off", "+ 0x10", [], [/no line of an mtrace/, /no end/]],
    ["nothing", "", [], [/empty/]],
    ["junk", "\u0000\u0001\u0002", [], [/no trace/]],
    ["a line without end", "a 0 8\n" + "x".repeat(200_000), ["a 0 -1 8 -1 0"], [/longer than/]],
  ] as const) {
    it(`reads ${what}`, () => {
      const result = readAll(bytesOf(text));
      assert.deepEqual(result.operations, operations);
      assert.equal(result.problems.length, messages.length, JSON.stringify(result.problems));
      messages.forEach((message, k) => assert.match(result.problems[k].message, message));
    });
  }

  it("reads the same however the bytes are cut into chunks, junk included", () => {
    const piece = fc.constantFrom(
      "a 1 20\n",
      "f 1\r\n",
      "r 1 9\n",
      "@ x:[0x1] + 0x10 0x20\n",
      "< 0x10\n",
      "> 0x20 0x9\n",
      "\n",
      "f",
      " ",
      "\0",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.array(fc.nat(300), { maxLength: 12 }), (pieces, cuts) => {
        const bytes = bytesOf(pieces.join(""));
        assert.deepEqual(readAll(bytes, cuts), readAll(bytes));
      }),
    );
  });
});
