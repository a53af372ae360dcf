import assert from "node:assert/strict";
import { checkOptions, checkScript, checkText, checkWhole } from "../../../src/editor/apiArguments";
import { readOverride } from "../../../src/machine/run/overrides";

const check = (options: unknown): void => checkOptions(options, readOverride);

describe("arguments of the interface for other extensions", () => {
  it("may be what the types say", () => {
    checkScript("heap 1KiB");
    checkScript({ scheme: "file", path: "/a.memscript" });
    checkWhole("address", 0);
    checkText("id", "leak");
    check({});
    const token = { isCancellationRequested: false };
    check({ set: { "heap.policy": "best-fit", "heap.size": "2KiB" }, state: true, steps: 3, token });
  });

  it("are refused by name otherwise", () => {
    for (const script of [undefined, null, 3, {}, [], { scheme: 1, path: 2 }]) {
      assert.throws(() => checkScript(script), TypeError);
    }
    for (const steps of [-1, 0.5, NaN, Infinity, 2 ** 60]) assert.throws(() => check({ steps }), /`steps`/);
    for (const options of [null, 3, "x", [], { steps: "3" }, { state: "yes" }, { token: {} }, { set: [] }]) {
      assert.throws(() => check(options), TypeError);
    }
    assert.throws(() => check({ set: { "heap.policy": 3 } }), TypeError);
    for (const set of [{ "heap.policy": "worst" }, { "heap.polcy": "best-fit" }, { x: "1" }, { "vm.frames": "a" }]) {
      assert.throws(() => check({ set }), RangeError);
    }
    assert.throws(() => checkText("id", 5), /`id`/);
  });
});
