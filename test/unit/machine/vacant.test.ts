import assert from "node:assert/strict";
import { numbersFor, type Numbers } from "../../../src/machine/state/vacant";
import { runScript } from "./runScript";

describe("numbersFor", () => {
  const numbers = (text: string, verb: string, operand: string): Numbers | null => {
    const { vm } = runScript(text).machine.state;
    assert.ok(vm !== null);
    return numbersFor(vm, verb, operand, 3);
  };
  const script = "vm frames=6\nmap 0 -> 1\nmap 3 -> 2\nmap 4 -> 0";

  it("gives the lowest free frames and pages", () => {
    assert.deepEqual(numbers(script, "map", "frame"), { kind: "free-frame", values: [3, 4, 5] });
    assert.deepEqual(numbers(script, "map", "page"), { kind: "unmapped-page", values: [1, 2, 5] });
    assert.deepEqual(numbers(script, "unmap", "pages"), { kind: "mapped-page", values: [0, 3, 4] });
  });

  it("leaves out the frames of page tables", () => {
    const tables = numbers("vm frames=7 table=x86-64\nmap 0 -> 0", "map", "frame");
    assert.deepEqual(tables, { kind: "free-frame", values: [1, 2] });
  });

  it("gives the addresses of mapped pages where an address is walked", () => {
    for (const verb of ["translate", "load", "store", "access"]) {
      assert.deepEqual(numbers(script, verb, "address"), { kind: "mapped-address", values: [0, 0x3000, 0x4000] });
    }
  });

  it("says nothing of operands that are no pages or frames", () => {
    assert.equal(numbers(script, "grow", "count"), null);
  });
});
