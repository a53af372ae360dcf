import assert from "node:assert/strict";
import { evaluate } from "../../../src/debug/evaluation/evaluate";
import { ValueFormat } from "../../../src/debug/protocol/format";
import { runScript } from "../machine/runScript";

const console_ = (script: string, text: string): string =>
  evaluate(runScript(script).machine.state, text, "repl", new ValueFormat(false)).value;

describe("statements in the debug console", () => {
  it("check finds damaged links and bookkeeping of pools and slab caches, by name or everywhere", () => {
    const script =
      "pool p 16 x 3\na = alloc from=p\nfree a\nwrite a 7 width=8\nslab s 64 base=0x30000\nb = alloc from=s\nwrite 0x30000 9\n";
    const link = "In p, the link in free block 0 holds 7 instead of 65552.";
    const field = "In s, the field `inuse` of slab 0 holds 9 instead of 1.";
    assert.equal(console_(script, "check p"), link);
    assert.equal(console_(script, "check s"), field);
    assert.equal(console_(script, "check"), `${link}\n${field}`);
    assert.equal(console_("pool p 16 x 3\n", "check"), "Everything is in order.");
  });

  it("free tries what a free would do, and frees nothing", () => {
    const { state } = runScript("a = alloc 8\nb = alloc 8\nfree b\n").machine;
    const verdict = (text: string): string => {
      return evaluate(state, text, "repl", new ValueFormat(false)).value.split("\n")[0];
    };
    assert.match(verdict("free a"), /would succeed/);
    assert.match(verdict("free a"), /would succeed/);
    assert.match(verdict("free b"), /would (fail|be refused|raise)/);
    assert.throws(() => verdict("free nobody"));
  });
});
