import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "../../../src/language/parsing/parser";
import { ScriptConverter } from "../../../src/trace/toScript";
import { bytesOf, traceBytes } from "../replay/traces";

function convert(bytes: Uint8Array, source: string) {
  const converter = new ScriptConverter(source);
  converter.feed(bytes);
  return converter.finish();
}

function scriptOf(bytes: Uint8Array, source: string): string {
  const conversion = convert(bytes, source);
  assert.ok(conversion.ok);
  const lines = [...conversion.lines];
  assert.equal(lines.length, conversion.lineCount);
  return `${lines.join("\n")}\n`;
}

describe("ScriptConverter", () => {
  it("gives the shipped example from the trace of sqlite", () => {
    const shipped = readFileSync(join(__dirname, "../../../media/examples/sqlite.memscript"), "utf8");
    assert.equal(scriptOf(traceBytes("sqlite"), "sqlite.mtrace.gz"), shipped);
  });

  for (const name of ["ls", "sqlite", "cc1"]) {
    it(`turns the trace of ${name} into a script without a problem`, () => {
      const program = parse(scriptOf(traceBytes(name), `${name}.mtrace`));
      assert.deepEqual(program.problems, []);
      assert.ok(program.instructions.length > 4000);
    });
  }

  it("uses indices again and comments on what it cannot follow", () => {
    const text = "a 5 0\nr 5 9\nf 5\na 6 1\nf 5\na 6 2\nf -1\n";
    const script = scriptOf(bytesOf(text), "odd\nname");
    assert.deepEqual(script.split("\n"), [
      "# Recorded from a real program: odd name.",
      "# 3 allocations, 1 reallocation, 3 frees; 1 block live at the end.",
      "heap 64KiB grow=64KiB",
      "",
      "b[0] = alloc 1  # asked for 0",
      "b[0] = realloc b[0] 9",
      "free b[0]",
      "b[0] = alloc 1",
      "# Line 5 of the trace: cannot free it: it was freed already, by line 3.",
      "# Line 6 of the trace: the block is handed out again while it is live (since line 4); freed first.",
      "free b[0]",
      "b[0] = alloc 2",
      "",
    ]);
    assert.deepEqual(parse(script).problems, []);
  });

  it("refuses what is no trace and what is too long for a script", () => {
    const junk = convert(bytesOf("no trace\n"), "junk");
    assert.ok(!junk.ok && /no trace/.test(junk.message));
    const long = convert(bytesOf("a 1 8\nf 1\n".repeat(500_001)), "long");
    assert.ok(!long.ok && /1,000,000 lines/.test(long.message));
  });
});
