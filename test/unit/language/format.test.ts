import assert from "node:assert/strict";
import fc from "fast-check";
import { depthBehind, format, formatLines } from "../../../src/language/services/format";
import { parseLine } from "../../../src/language/parsing/statements";
import { parse } from "../../../src/language/parsing/parser";
import { runToEnd } from "../../../src/language/coroutines";
import { vocabulary } from "../../../src/language/vocabulary/vocabulary";
import { anyScript } from "./anyScript";
import { anyStatement } from "../../fuzz/generators/statements";
import { showProgram } from "./show";

describe("formatter", () => {
  it("puts spaces in their places", () => {
    const text =
      "repeat 10 as i\nb[ i ]=alloc 16*( 2+i )   align = 8  #  why \nwrite b[i]+8 -1\n\t??bad  \nend\nexpect !( a==3 )&&used< -1";
    assert.equal(
      format(text),
      "repeat 10 as i\n  b[i] = alloc 16 * (2 + i) align=8 #  why\n  write b[i] + 8 -1\n  ??bad\nend\nexpect !(a == 3) && used < -1",
    );
  });

  it("keeps functions and their parentheses together", () => {
    assert.equal(format("expect sizeof( a )==8&&exists (p)"), "expect sizeof(a) == 8 && exists(p)");
  });

  for (const alignColumns of [false, true]) {
    it(`is idempotent and keeps the meaning of any script, columns ${alignColumns ? "" : "not "}aligned`, () => {
      fc.assert(
        fc.property(anyScript, (text) => {
          const once = format(text, { alignColumns });
          assert.equal(format(once, { alignColumns }), once);
          assert.deepEqual(showProgram(parse(once)), showProgram(parse(text)));
        }),
        { numRuns: 600 },
      );
    });
  }
});

describe("formatter, verb by verb", () => {
  for (const verb of vocabulary) {
    it(`keeps what \`${verb.verb}\` means with any operands and options`, () => {
      let statements = 0;
      let lines = 0;
      fc.assert(
        fc.property(anyStatement(verb), (line) => {
          const program = parse(line);
          const once = format(line);
          assert.deepEqual(showProgram(parse(once)), showProgram(program), once);
          assert.equal(format(once), once);
          lines += 1;
          if (parseLine(line).kind === "statement") statements += 1;
        }),
        { numRuns: 400 },
      );
      assert.ok(statements > lines / 2, `only ${statements} of ${lines} lines are statements`);
    });
  }

  it("keeps flags apart from what follows them", () => {
    const lines = [
      "map 3 r-- global=on",
      "map 5 - shared=on",
      "region a 20..24 rw- grow=up",
      "segment s 1KiB r-- base=0",
    ];
    for (const line of lines) {
      assert.deepEqual(parse(line).problems, []);
      assert.equal(format(line.replaceAll(" ", "  ")), line);
    }
    assert.equal(format("protect 0..4 - # none"), "protect 0..4 - # none");
  });
});

describe("a part of a script", () => {
  it("is formatted as it is within the whole", () => {
    fc.assert(
      fc.property(anyScript, fc.nat(60), fc.nat(60), (text, from, length) => {
        const lines = text.split("\n");
        const part = lines.slice(from, from + length);
        const formatted = runToEnd(formatLines(part, { alignColumns: false }, depthBehind(lines.slice(0, from))));
        assert.deepEqual(
          formatted,
          format(lines.join("\n"))
            .split("\n")
            .slice(from, from + length),
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("aligned columns", () => {
  const align = (...lines: readonly string[]): string[] => format(lines.join("\n"), { alignColumns: true }).split("\n");

  it("put the = and the comments of neighbours below each other", () => {
    assert.deepEqual(
      align("a = alloc 8 # one", "buffer = alloc 1024 # two", "free a # three", "free buffer", "b[10]=a", "p=a"),
      [
        "a      = alloc 8    # one",
        "buffer = alloc 1024 # two",
        "free a              # three",
        "free buffer",
        "b[10] = a",
        "p     = a",
      ],
    );
  });

  it("start anew after an empty line, another statement and another indentation", () => {
    const lines = ["a = alloc 8", "", "buffer = alloc 8", "stats", "c = a", "repeat 2", "  number = 2", "end"];
    assert.deepEqual(align(...lines), lines);
  });

  it("leave lines apart whose columns are far from each other, and lines that do not parse", () => {
    const lines = ["a = alloc 8", "a_name_that_is_much_longer_than_others = alloc 8", "b = ?", "long = ?"];
    assert.deepEqual(align(...lines), lines);
  });
});
