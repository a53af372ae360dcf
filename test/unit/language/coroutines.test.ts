import assert from "node:assert/strict";
import { runToEnd, SharedWork } from "../../../src/language/coroutines";

describe("shared work", () => {
  it("is done once, by all who wait", () => {
    let parts = 0;
    const work = new SharedWork(
      (function* () {
        for (; parts < 3; parts++) yield;
        return "result";
      })(),
    );
    const early = work.wait();
    early.next();
    assert.equal(runToEnd(work.wait()), "result");
    assert.equal(runToEnd(early), "result");
    assert.equal(parts, 3);
  });

  it("fails for all who wait, and for those who come later", () => {
    const work = new SharedWork(
      (function* () {
        yield;
        throw new Error("broken");
      })(),
    );
    const early = work.wait();
    early.next();
    assert.throws(() => work.advance(), /broken/);
    assert.throws(() => early.next(), /broken/);
    assert.throws(() => runToEnd(work.wait()), /broken/);
  });
});
