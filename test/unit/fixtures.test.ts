import assert from "node:assert/strict";
import { annotated, bare, check, fixtureFiles, fixtures } from "./fixtures";
import { runScript } from "./machine/runScript";

for (const file of fixtureFiles) {
  describe(file, () => {
    for (const { name, script } of fixtures(file)) it(name, () => void check(script));
  });
}

describe("annotated scripts", () => {
  const script = `# leak: a comment on a line of its own promises nothing
a = alloc 40 # also here, leak is but a word
free a
free a # double-free
free a # double-free: already freed on line 3
b = alloc 40
write b + 40 1 width=8 # heap-overflow, heap-corruption
free b # heap-corruption: since line 7: the block after it cannot have that size
read a 4 # use-after-free, use-after-free`;

  it("differ where a line raises something else, and say what it raises", () => {
    const found = annotated(script, runScript(script).problems).split("\n");
    const different = found.filter((line, index) => line !== script.split("\n")[index]);
    assert.equal(different.length, 1, different.join("\n"));
    assert.match(different[0], /^read a 4 # use-after-free: Use after free: read of 4 bytes.*$/);
    assert.throws(() => check(script), /use-after-free: Use after free: read of 4 bytes/);
  });

  it("fail for a problem that is not raised, misspelled or worded differently", () => {
    check("a = 0 # a null pointer\nfree a");
    for (const wrong of ["a = 0 # leak", "free x # unknwon-name", "a = alloc 8 # leak: bytes lost", 'write 1 "# leak"'])
      assert.throws(() => check(wrong), { code: "ERR_ASSERTION" }, wrong);
  });

  it("are as long without their expectations", () => {
    assert.equal(bare(script).split("\n").length, script.split("\n").length);
    assert.equal(bare("a = 0 # null\nfree a # leak, leak"), "a = 0 # null\nfree a");
  });
});
