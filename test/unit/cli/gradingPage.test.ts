import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { Folder } from "./harness";
import { shell } from "./process";

describe("the page on grading", () => {
  const folder = new Folder();
  after(() => folder.remove());
  const page = readFileSync("media/grading.md", "utf8");
  const scripts = [...page.matchAll(/`(\w+\.memscript)`:\n\n```memscript\n(.*?)```/gs)];
  const sessions = [...page.matchAll(/```console\n\$ (memscript [^\n]+)\n(.*?)```/gs)];

  before(() => {
    mkdirSync(folder.path("hand-ins"));
    for (const [, name = "", text = ""] of scripts) {
      folder.write(name, text);
      if (name !== "tests.memscript") folder.write(`hand-ins/${name}`, text);
    }
    const [, , solution = ""] = scripts[1] ?? [];
    folder.write("hand-ins/eve.memscript", "# later\n");
    folder.write("hand-ins/cut.memscript", solution.slice(0, solution.indexOf("free b") + 4));
  });

  it("has scripts and commands", () => {
    assert.deepEqual(
      scripts.map(([, name]) => name),
      ["tests.memscript", "ann.memscript", "bob.memscript"],
    );
    assert.equal(sessions.length, 4);
  });

  for (const [, command = "", expected = ""] of sessions) {
    it(`${command} prints what the page says`, () => {
      assert.equal(shell(`cd "$1"; ${command}`, folder.root).out, expected);
    });
  }
});
