import assert from "node:assert/strict";
import { mock } from "node:test";
import { DeferredDrawing } from "../../../webview/DeferredDrawing";

describe("What is drawn a moment later", () => {
  it("no longer waits for what has come, nor for what has failed, which it reports", async () => {
    const warn = mock.method(console, "warn", () => undefined);
    const later = new DeferredDrawing(() => undefined);
    for (const come of [() => Promise.resolve(), () => Promise.reject(new Error("gone"))]) {
      later.waitFor(come());
      assert.equal(later.isEmpty, false);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(later.isEmpty, true);
    }
    assert.deepEqual(
      warn.mock.calls.map((call) => call.arguments),
      [["A drawing did not load: Error: gone"]],
    );
    warn.mock.restore();
  });

  it("is drawn once, by the last wish of its owner", () => {
    const drawn: string[] = [];
    const later = new DeferredDrawing(() => undefined);
    const [one, other] = [{}, {}];
    later.put(one, () => drawn.push("first"));
    later.put(other, () => drawn.push("other"));
    later.put(one, () => drawn.push("last"));
    while (!later.isEmpty) later.drawNext();
    assert.deepEqual(drawn, ["other", "last"]);
  });
});
