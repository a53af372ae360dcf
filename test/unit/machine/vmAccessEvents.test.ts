import assert from "node:assert/strict";
import { parse } from "../../../src/language/parsing/parser";
import { Machine } from "../../../src/machine/run/Machine";

describe("events of references through page tables", () => {
  it("tell what bytes were written and read, page by page", () => {
    const machine = new Machine(parse('vm page=16 frames=4\nmap 0..3\nwrite 12 "eight by"\nread 14 4\n'));
    const seen: unknown[] = [];
    for (let record = machine.step(); record !== undefined; record = machine.step()) {
      for (const event of record.events) {
        if (event.kind === "read" || event.kind === "write") seen.push([event.kind, event.addr, event.size]);
      }
    }
    assert.deepEqual(seen, [
      ["write", 12, 4],
      ["write", 16, 4],
      ["read", 14, 2],
      ["read", 16, 2],
    ]);
  });
});
