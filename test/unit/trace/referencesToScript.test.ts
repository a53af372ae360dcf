import assert from "node:assert/strict";
import fc from "fast-check";
import { AnyConverter } from "../../../src/trace/converters";
import type { Conversion } from "../../../src/trace/toScript";
import { runScript } from "../machine/runScript";
import { bytesOf, feedCut } from "../replay/traces";

function convert(text: string, cuts: readonly number[] = []): Conversion {
  const bytes = bytesOf(text);
  const converter = new AnyConverter("trace");
  feedCut(bytes, cuts, (chunk) => converter.feed(chunk));
  return converter.finish();
}

/** The statements of the script, which must run without a problem. */
function statements(text: string): string[] {
  const conversion = convert(text);
  assert.ok(conversion.ok);
  const lines = [...conversion.lines];
  assert.equal(lines.length, conversion.lineCount);
  const { problems, machine } = runScript(lines.join("\n"));
  assert.deepEqual(problems, []);
  assert.deepEqual(machine.checkInvariants(), []);
  assert.match(lines[1], /^# \d+ references read as /);
  return lines.slice(3).filter((line) => line !== "");
}

describe("scripts of memory references", () => {
  it("have an access for each reference of a lackey trace", () => {
    const trace = "==12== Lackey\nI  04014073,3\n L 7FEFFF7F8,8\n S 04000ffe,4\n M 0421c7c8,4\n==12== end\n";
    assert.deepEqual(statements(trace), [
      "vm replacement=lru pages=8388608",
      "region program 0..8388608 rwxu",
      "access 0x4014073 x size=3",
      "access 0x7feff" + "f7f8 r size=8",
      "access 0x4000ffe w size=4",
      "access 0x421c7c8 m size=4",
    ]);
  });

  it("take the labels of a din trace", () => {
    assert.deepEqual(statements("2 0\n0 1fc0\n1 0x1fc4\n"), [
      "vm replacement=lru",
      "region program 0..1048576 rwxu",
      "access 0x0 x",
      "access 0x1fc0 r",
      "access 0x1fc4 w",
    ]);
  });

  it("keep strings of page numbers, up to twenty of one kind in a line", () => {
    const numbers = "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1";
    assert.deepEqual(statements(`${numbers} 5 w 6 0x1001 8\n`), [
      "vm replacement=lru",
      `reference "${numbers}"`,
      'reference "5"',
      'reference "6" w',
      "access 0x1001 r",
      'reference "8"',
    ]);
  });

  it("say how many references of which kind there were", () => {
    const conversion = convert("7 0 1 w 2 x 3\n");
    assert.ok(conversion.ok);
    assert.equal([...conversion.lines][2], "# 5 references: 3 reads, 1 writes, 1 fetches, 0 that read and write.");
    assert.equal(conversion.facts.format?.id, "ref");
    assert.equal(conversion.facts.operations, 5);
  });

  it("leave traces of allocations to their converter", () => {
    const conversion = convert("= Start\n@ a:[0x1] + 0x1000 0x20\n= End\n");
    assert.equal(conversion.facts.format?.id, "mtrace");
    assert.equal(convert("").ok, false);
  });

  it("are the same however the bytes are cut, and never throw", () => {
    const line = fc.constantFrom(
      "I  04014073,3",
      " S 1fff000768,16",
      "2 1fc0",
      "7 0 1 w 2",
      "x 0x1001",
      "five",
      "==1==",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.array(fc.nat(200), { maxLength: 6 }), (lines, cuts) => {
        const show = (conversion: Conversion): unknown => (conversion.ok ? [...conversion.lines] : conversion.message);
        assert.deepEqual(show(convert(lines.join("\n"), cuts)), show(convert(lines.join("\n"))));
      }),
    );
  });
});
