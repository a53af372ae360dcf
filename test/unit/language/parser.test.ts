import { syntaxMessage, tellBadValue, tellSyntax } from "../../../src/language/parsing/syntaxProblems";
import { englishWords } from "../../../src/language/Words";
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseExpression } from "../../../src/language/parsing/expressions";
import { readNumber } from "../../../src/language/parsing/numbers";
import { parse } from "../../../src/language/parsing/parser";
import { maximumProblems } from "../../../src/language/parsing/ProgramDocument";
import { readString } from "../../../src/language/parsing/strings";
import { anyScript } from "./anyScript";
import { heapPolicyChoices } from "../../../src/language/vocabulary/choices";
import { annotate, showExpression, showProgram, showStatement } from "./show";

const policyWords = heapPolicyChoices.choices.map((word) => `\`${word}\``).join(", ");

describe("numbers", () => {
  const readings: [string, number | RegExp][] = [
    ["42", 42],
    ["0x2a", 42],
    ["0b101010", 42],
    ["1_000", 1000],
    ["64B", 64],
    ["0B", 0],
    ["4KiB", 4096],
    ["1.5KiB", 1536],
    ["1GiB", 2 ** 30],
    ["1TiB", 2 ** 40],
    ["3KB", 3000],
    ["2GB", 2e9],
    ["1e15", 1e15],
    ["0.75", 0.75],
    ["9007199254740991", 2 ** 53 - 1],
    ["9007199254740992", /too large/],
    ["0xffffffffffffffff", /too large/],
    ["1e400", /too large/],
    ["0xzz", /hexadecimal/],
    ["0b12", /binary/],
    ["64K", /did you mean `KiB`/],
    ["7parsecs", /not a unit/],
    ["0.3B", /whole number of bytes/],
  ];
  for (const [text, expected] of readings) {
    it(`reads ${text}`, () => {
      const reading = readNumber(text);
      if (typeof expected === "number") assert.deepEqual(reading, { value: expected });
      else assert.match("problem" in reading ? tellBadValue(reading.problem, englishWords).message : "", expected);
    });
  }
});

describe("texts", () => {
  const texts: [string, string][] = [
    ['"Hi"', "4869"],
    [String.raw`"\n\t\0\\\""`, "0a09005c22"],
    [String.raw`"\xff\x4"`, "ff04"],
    [String.raw`"\101"`, "41"],
    ['"é€😀"', "c3a9e282acf09f9880"],
    ['"\ud800"', "efbfbd"],
    ['""', ""],
  ];
  for (const [token, hex] of texts) {
    it(`encodes ${token}`, () => {
      const reading = readString(token);
      assert.equal("bytes" in reading ? Buffer.from(reading.bytes).toString("hex") : reading.problem, hex);
    });
  }

  it("encodes any text as Node does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const reading = readString(`"${text.replace(/[\\"]/g, (sign) => `\\${sign}`)}"`);
        assert.deepEqual("bytes" in reading && Buffer.from(reading.bytes), Buffer.from(text, "utf8"));
      }),
    );
  });
});

describe("expressions", () => {
  const expressions: [string, string | RegExp][] = [
    ["1 + 2 * 3", "(1 + (2 * 3))"],
    ["8 - 4 - 2", "((8 - 4) - 2)"],
    ["a -1", "(a - 1)"],
    ["-a * -2", "((-a) * (-2))"],
    ["used == 1 && !(a < 2) || b[i + 1] >= 3", "(((used == 1) && (!(a < 2))) || (b[(i + 1)] >= 3))"],
    ["main.used % sizeof(b[2])", "(main.used % sizeof(b[2]))"],
    ["1 < a < 3", /chained/],
    ["(1 + 2", /`\)` is missing/],
    ["1 +", /expected instead of the end/],
    ["", /missing/],
    ["a b", /ends before `b`/],
    ["(".repeat(9000), /nested/],
    ["1" + "+1".repeat(4000), /operators/],
  ];
  for (const [text, expected] of expressions) {
    it(`parses ${text.slice(0, 40)}`, () => {
      const result = parseExpression(text);
      const shown = result.kind === "failure" ? syntaxMessage(result, englishWords) : showExpression(result.expression);
      if (typeof expected === "string") assert.equal(shown, expected);
      else assert.match(shown, expected);
    });
  }
});

describe("statements", () => {
  const statements: [string, string][] = [
    ["heap 1MiB", "heap size:1048576"],
    ["heap main 1MiB policy = best-fit", "heap name:'main size:1048576 policy='best-fit"],
    ["heap n * 2", "heap size:(n * 2)"],
    ["a = alloc 100 align=16 from=nodes", "a = alloc size:100 align=16 from='nodes"],
    ["b[i+1] = calloc 4 8", "b[(i + 1)] = calloc count:4 size:8"],
    ["write a -1", "write destination:a value:(-1)"],
    ["write a - 1 2", "write destination:(a - 1) value:2"],
    ['write a "# \\n" # comment', 'write destination:a value:"23200a"'],
    ["copy a + 8 b 16", "copy destination:(a + 8) source:b length:16"],
    ["pool x 64 x 10 order=fifo", "pool name:'x size:64 count:10 order='fifo"],
    ["map 0 -> 10", "map page:0 frame:10"],
    ["map 0 -> 10 r-x", "map page:0 frame:10 flags:'r-x"],
    ["map 0..4 rw", "map pages:0..4 flags:'rw"],
    ["map 7", "map pages:7"],
    ["protect 0x1..0x3 none", "protect pages:1..3 flags:'none"],
    ["access p w", "access address:p kind:'w"],
    ["coalesce main", "coalesce name:'main"],
    ["expect problem double-free", "expect problem:'double-free"],
    ["expect problem == 3", "expect condition:(problem == 3)"],
    ["p = a -8", "p = let value:(a - 8)"],
  ];
  for (const [line, expected] of statements) {
    it(`parses ${line}`, () => {
      const program = parse(line);
      assert.deepEqual(program.problems, []);
      assert.equal(showStatement(program.instructions[0].statement), expected);
    });
  }

  it("draws each mistake under its line and keeps the other lines, of a declaration what is right", () => {
    const program = parse(
      [
        "a = alocc 100",
        "heap 1MiB policy=bst-fit",
        "free",
        "b = alloc 8",
        "end",
        "free b",
        "repeat 1e40 as i",
        "end",
      ].join("\n"),
    );
    assert.deepEqual(
      program.instructions.filter(({ kind }) => kind === "statement").map(({ statement }) => statement.text),
      ["heap 1MiB policy=bst-fit", "b = alloc 8", "free b"],
    );
    assert.equal(
      annotate(program),
      [
        "a = alocc 100",
        "    ^^^^^ unknown-verb: `alocc` is not a verb. Did you mean `alloc`?",
        "heap 1MiB policy=bst-fit",
        `                 ^^^^^^^ bad-operand: \`bst-fit\` is not a value of \`policy\`: it is one of ${policyWords}. Did you mean \`best-fit\`?`,
        "free",
        "^^^^ syntax-error: `free` needs BLOCK here. Write `free BLOCK`.",
        "b = alloc 8",
        "end",
        "^^^ syntax-error: This `end` closes nothing: there is no open `repeat` before it.",
        "free b",
        "repeat 1e40 as i",
        "       ^^^^ bad-operand: `1e40` is too large: numbers go up to 2^53 - 1 (9007199254740991).",
        "end",
      ].join("\n"),
    );
  });

  it("runs the lines of an unclosed repeat once and points at the end that misled", () => {
    const program = parse("repeat 5 as i\nrepeat 2\nb[i] = alloc 8\nend");
    assert.deepEqual(showProgram(program), [
      "0: repeat count:1 -> 5",
      "1: repeat count:2 -> 4",
      "2: b[i] = alloc size:8",
      "3: end -> 2",
      "0: repeat count:1 -> 1",
      "0: syntax-error",
    ]);
    assert.equal(tellSyntax(program.problems[0], englishWords).related?.[0].line, 3);
  });

  const odd: [string, string, number, number][] = [
    ["a byte-order mark", "\ufefffree a", 1, 0],
    ["CRLF, CR and LF", "free a\r\nfree b\rfree c\nfree d", 4, 0],
    ["tabs", "\tfree\ta\t", 1, 0],
    ["no text at all", "", 0, 0],
    ["NUL bytes", "free a\n\0\0\0\nfree b", 2, 1],
    ["a line of 20,000 characters", `${"x".repeat(20_000)}\nfree a`, 1, 1],
    ["a comment of 20,000 characters", `#${"x".repeat(20_000)}\nfree a`, 1, 0],
    ["more problems than are listed", "?\n".repeat(maximumProblems + 5), 0, maximumProblems + 1],
  ];
  for (const [title, text, instructions, problems] of odd) {
    it(`takes ${title}`, () => {
      const program = parse(text);
      assert.equal(program.instructions.length, instructions);
      assert.equal(program.problems.length, problems);
    });
  }
});

describe("junk", () => {
  it("keeps what is right of a declaration with a mistake in an option", () => {
    const kept = (line: string): [string, string, string[]] => {
      const { problems, instructions } = parse(line);
      const { statement } = instructions[0];
      const named = statement.operands["name"];
      return [
        problems.map(({ facts }) => facts.kind).join(" "),
        named.kind === "word" ? named.word : "",
        Object.keys(statement.options),
      ];
    };
    assert.deepEqual(kept("heap m 4KiB policy=best-ft order=lifo"), ["word-choice", "m", ["order"]]);
    assert.deepEqual(kept("heap m 4KiB polcy=best-fit order=lifo"), ["option", "m", ["order"]]);
    assert.deepEqual(kept("pool p 64 x 4 order=lfo zeroed=on"), ["word-choice", "p", ["zeroed"]]);
    assert.deepEqual(kept("heap m 4KiB best-fit order=lifo"), ["unexpected", "m", ["order"]]);
    assert.deepEqual(kept("heap m 4KiB order=lifo order=fifo"), ["option-twice", "m", ["order"]]);
    assert.deepEqual(kept("heap m 4KiB align="), ["no-option-value", "m", []]);
    assert.deepEqual(kept("heap m 4KiB align=) header=8"), ["value", "m", ["header"]]);
  });

  it("runs no line with a mistake that declares nothing", () => {
    assert.deepEqual(parse("a = alloc 8 algn=16").instructions, []);
    assert.deepEqual(parse("heap policy=best-ft").instructions, []);
  });

  it("never throws, and spans stay within their lines", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "binary-ascii" }), anyScript), (text) => {
        const program = parse(text);
        for (const { line, span } of program.problems) {
          assert.ok(span.start >= 0 && span.start < span.end && span.end <= program.lines[line].length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
