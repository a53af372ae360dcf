import assert from "node:assert/strict";
import { runYielding, yieldToHost } from "../../../src/editor/runs/editorHost";

describe("turns of the host", () => {
  it("are given to one of several who wait, in their order", async () => {
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const gone: [number, number][] = [];
    await Promise.all(
      [0, 1, 2, 3].map(async (who) => {
        for (let round = 0; round < 3; round++) {
          await yieldToHost();
          gone.push([who, turns]);
        }
      }),
    );
    isOver = true;
    assert.deepEqual(
      gone.map(([who]) => who),
      [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3],
    );
    assert.equal(new Set(gone.map(([, turn]) => turn)).size, gone.length);
  });

  it("are waited for before work begins, which is not done at all when it was cancelled meanwhile", async () => {
    const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
    let parts = 0;
    function* work(): Generator<undefined, string, undefined> {
      parts++;
      yield;
      return "done";
    }
    const result = runYielding(work(), token);
    assert.equal(parts, 0);
    assert.equal(await result, "done");
    const cancelled = runYielding(work(), token);
    token.isCancellationRequested = true;
    assert.equal(await cancelled, undefined);
    assert.equal(parts, 1);
  });
});
