import assert from "node:assert/strict";
import { loadedOnce } from "../../../src/editor/host/loadedOnce";

describe("loadedOnce", () => {
  it("loads once for all who ask at a time, and again after a failure", async () => {
    let loads = 0;
    const load = loadedOnce(() => (++loads === 1 ? Promise.reject(new Error("offline")) : Promise.resolve(loads)));
    await Promise.all([assert.rejects(load(), /offline/), assert.rejects(load(), /offline/)]);
    assert.deepEqual(await Promise.all([load(), load()]), [2, 2]);
    assert.equal(await load(), 2);
  });
});
