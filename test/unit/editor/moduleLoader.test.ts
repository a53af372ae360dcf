import assert from "node:assert/strict";
import { moduleLoader } from "../../../src/editor/web/moduleLoader";

describe("the loader of the web host's files", () => {
  const host = { runs: 0 };

  it("runs a module once, and knows vscode", () => {
    const sources = new Map([
      ["dist/a.js", 'require("vscode").runs++; exports.b = require("./parts/b.js");'],
      ["dist/parts/b.js", "module.exports = 7;"],
    ]);
    const load = moduleLoader(sources, host);
    assert.deepEqual([load("./a.js"), load("a.js")], [{ b: 7 }, { b: 7 }]);
    assert.equal(host.runs, 1);
    assert.throws(() => load("./c.js"), /no file \.\/c\.js/);
  });

  it("runs a module again that threw", () => {
    const source = 'if (require("vscode").runs++ < 1) throw new Error("busy"); exports.ready = true;';
    const load = moduleLoader(new Map([["a.js", source]]), { runs: 0 });
    assert.throws(() => load("./a.js"), /busy/);
    assert.deepEqual(load("./a.js"), { ready: true });
  });
});
