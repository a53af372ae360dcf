import assert from "node:assert/strict";
import { SiteTable } from "../../../src/trace/formats/SiteTable";

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe("allocation sites", () => {
  it("are numbered in the order in which they first appear, however many there are", () => {
    const table = new SiteTable();
    const names = Array.from({ length: 3000 }, (_, k) => `/usr/bin/program:(f${k % 7}+0x${k.toString(16)})[0x5${k}]`);
    for (let round = 0; round < 2; round++) {
      names.forEach((name, number) => {
        const text = bytesOf(`@ ${name} + `);
        assert.equal(table.numberOf(text, 2, text.length - 3), number);
      });
    }
    assert.deepEqual(table.names, names);
  });

  it("are told apart by their first 1,024 bytes", () => {
    const table = new SiteTable();
    const long = bytesOf("x".repeat(1024));
    const longer = bytesOf(`${"x".repeat(1024)}y`);
    assert.deepEqual(
      [table.numberOf(long, 0, 1023), table.numberOf(long, 0, 1024), table.numberOf(longer, 0, 1025)],
      [0, 1, 1],
    );
    assert.deepEqual(
      table.names.map((name) => name.length),
      [1023, 1024],
    );
  });
});
