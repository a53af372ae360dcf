import assert from "node:assert/strict";
import fc from "fast-check";
import { choiceFacts, completionAt } from "../../../src/language/services/completion";
import { parse } from "../../../src/language/parsing/parser";
import { tokenAt, tokensOfLine } from "../../../src/language/services/queries";
import { renderHint, renderSignature } from "../../../src/language/services/signature";
import { statementAt, statementsBetween } from "../../../src/language/parsing/statementsByLine";
import { namesOf } from "../../../src/language/services/statementNames";
import type { SymbolKind } from "../../../src/language/vocabulary/vocabularyTypes";
import { occurrencesOf, symbolsOf } from "../../../src/language/services/symbols";
import { heapPolicyChoices } from "../../../src/language/vocabulary/choices";
import { describeVerb } from "../../../src/language/vocabulary/vocabulary";

const program = parse(
  [
    "heap main 1MiB policy=best-fit",
    "repeat 3 as i",
    "  b[i] = alloc 8 * i from=main # note",
    "end",
    "write b[1] + 4 0x2a",
    "expect main.used == used",
    "free ((",
  ].join("\n"),
);

describe("token queries", () => {
  const lines: [number, string][] = [
    [0, "verb:heap region:main number:1MiB option:policy operator:= word:best-fit"],
    [1, "verb:repeat number:3 word:as variable:i"],
    [
      2,
      "handle:b operator:[ variable:i operator:] operator:= verb:alloc number:8 operator:* variable:i option:from operator:= region:main comment:# note",
    ],
    [5, "verb:expect region:main operator:. name:used operator:== name:used"],
    [6, "verb:free operator:( operator:("],
  ];
  for (const [line, expected] of lines) {
    it(`classifies line ${line + 1}`, () => {
      const shown = tokensOfLine(program, line).map((token) => `${token.kind}:${token.text}`);
      assert.equal(shown.join(" "), expected);
    });
  }

  it("finds the token at and just behind a column", () => {
    assert.equal(tokenAt(program, 4, 17)?.value, 42);
    assert.equal(tokenAt(program, 4, 19)?.text, "0x2a");
    assert.equal(tokenAt(program, 4, 5)?.kind, "verb");
    assert.equal(tokenAt(program, 9, 0), undefined);
  });

  it("knows where names are bound and used", () => {
    const places = (name: string) =>
      occurrencesOf(program, name).map(({ line, span, role }) => `${line}:${span.start}-${span.end} ${role}`);
    assert.deepEqual(places("b"), ["2:2-3 definition", "4:6-7 reference"]);
    assert.deepEqual(places("i"), ["1:12-13 definition", "2:4-5 reference", "2:19-20 reference"]);
    assert.deepEqual(places("main"), ["0:5-9 definition", "2:26-30 reference", "5:7-11 reference"]);
    assert.deepEqual(places("used"), []);
    assert.equal(symbolsOf(program).get("b")?.kind, "handle");
    assert.equal(statementAt(program, 3)?.verb, "end");
  });
});

describe("the places of a name", () => {
  const lines = fc.array(
    fc.constantFrom("a = alloc 16", "free a", "b[a] = alloc a + 8", "repeat 3 as a", "end", "# a", "?", "heap a 1MiB"),
    { maxLength: 30 },
  );

  it("are all of them, in the order of the text", () => {
    fc.assert(
      fc.property(lines, fc.nat(30), fc.nat(5), (texts, line, most) => {
        const program = parse(texts.join("\n"));
        const symbol = symbolsOf(program).get("a");
        const expected = statementsBetween(program, 0, Infinity).flatMap((placed) =>
          namesOf(placed.statement)
            .filter(({ name }) => name === "a")
            .map(({ span, binds }) => ({ ...placed, span, role: binds ? "definition" : "reference" })),
        );
        if (expected.every(({ role }) => role === "reference")) {
          assert.equal(symbol, undefined);
          return;
        }
        assert.ok(symbol !== undefined);
        assert.deepEqual(symbol.occurrences, expected);
        assert.equal(symbol.firstBound, expected.find(({ role }) => role === "definition")!.line);
        assert.deepEqual(symbol.at(symbol.count - 1), expected.at(-1));
        const above = expected.filter((each) => each.line < line);
        const below = expected.filter((each) => each.line >= line);
        const near = [...above.slice(Math.max(0, above.length - most)), ...below.slice(0, most)];
        assert.deepEqual(symbol.around(line, most), near);
      }),
      { numRuns: 300 },
    );
  });
});

describe("completion", () => {
  const positions: [string, Partial<Record<"verbs" | "options" | "words", string>>, string | null][] = [
    ["h = ", { verbs: "alloc calloc realloc translate load" }, null],
    ["h = alloc 100 ", { options: "align from" }, "align"],
    ["alloc 8 align=8 fr", { options: "from" }, "from"],
    ["heap main 1MiB policy=best-f", { words: heapPolicyChoices.choices.join(" ") }, "policy"],
    ["repeat 10 ", { words: "as" }, null],
    ["access p ", { options: "size", words: "r w x m" }, "kind"],
    ["free ", {}, "block"],
    ["free a b", {}, null],
  ];
  for (const [text, expected, parameter] of positions) {
    it(`after ${JSON.stringify(text)}`, () => {
      const context = completionAt(text, text.length);
      assert.equal(context.verbs.map((entry) => entry.verb).join(" "), expected.verbs ?? "");
      assert.equal(context.options.map((entry) => entry.name).join(" "), expected.options ?? "");
      assert.equal(context.words.join(" "), expected.words ?? "");
      assert.equal(context.parameter, parameter);
    });
  }

  it("tells what choices mean, and which one is meant by nothing", () => {
    const context = completionAt("heap main 1MiB coalesce=", 24);
    assert.deepEqual(choiceFacts(context, "immediate"), { doc: "At each free.", isDefault: true });
    assert.deepEqual(choiceFacts(context, "never"), { doc: "On `coalesce` alone.", isDefault: false });
    const shared = completionAt("map 0 -> 1 shared=", 18);
    assert.deepEqual(choiceFacts(shared, "off"), { doc: null, isDefault: true });
    assert.equal(choiceFacts(completionAt("access p ", 9), "r"), undefined);
  });

  it("offers nothing where a new name is written, and no address where a size is wanted", () => {
    for (const text of ["heap ", "heap m", "pool p", "slab s", "process q", "fork c", "repeat 3 as i"]) {
      const { words, names, handles, variables, options } = completionAt(text, text.length);
      assert.deepEqual(
        { text, words, names, handles, variables, options },
        {
          text,
          words: [],
          names: null,
          handles: false,
          variables: false,
          options: [],
        },
      );
    }
    const { handles, variables } = completionAt("a = alloc ", 10);
    assert.deepEqual([handles, variables], [false, true]);
  });

  it("offers every verb on an empty line and handles where a pointer may stand", () => {
    assert.ok(completionAt("  ", 2).verbs.some((entry) => entry.verb === "pool"));
    assert.equal(completionAt("free ", 5).handles, true);
    assert.equal(completionAt("alloc 8 from=", 13).regions, true);
    assert.equal(completionAt("expect ", 7).statistics, true);
  });
});

describe("signatures", () => {
  const labels: [string, number, string][] = [
    ["alloc", 0, "[h =] alloc [SIZE] [align=N] [from=NAME]"],
    ["repeat", 0, "repeat COUNT [as VARIABLE]"],
    ["map", 0, "map PAGE -> FRAME [FLAGS] [huge=N] [shared=on|off] [global=on|off]"],
    ["let", 0, "h = VALUE"],
    [
      "pool",
      0,
      "pool NAME SIZE x COUNT [order=fifo|lifo] [align=N] [redzone=N] [zeroed=on|off] [grow=N] [max=N] [from=NAME] [autofree=on|off] [base=ADDRESS]",
    ],
  ];
  for (const [verb, pattern, label] of labels) {
    it(`of ${verb}`, () => {
      const signature = renderSignature(describeVerb(verb)!, pattern);
      assert.equal(signature.label, label);
      for (const { start, end } of signature.parameters) assert.ok(start < end && end <= label.length);
    });
  }
});

describe("hints", () => {
  it("show the operands and the option that comes next, no others", () => {
    const heap = describeVerb("heap")!;
    assert.equal(renderHint(heap, 0, "size").label, "heap [NAME] SIZE …");
    assert.equal(renderHint(heap, 0, "policy").label, "heap [NAME] SIZE [policy=POLICY] …");
    assert.equal(renderHint(describeVerb("free")!, 0, "block").label, renderSignature(describeVerb("free")!).label);
  });
});

describe("names of processes and their regions", () => {
  const script = `heap main 4KiB
vm demand=on
process editor
region heap 16..17 grow=up
switch editor
region heap 16..17 grow=up
grow heap 1
heap h 4KiB in=editor
a = alloc 8 from=main
switch main
exit editor`;
  const program = parse(script);
  const lines = (name: string, kind: SymbolKind | null): number[] =>
    occurrencesOf(program, name, kind).map(({ line }) => line + 1);

  it("are apart from heaps, pools and handles of the same name", () => {
    assert.deepEqual(program.problems, []);
    assert.deepEqual(lines("main", null), [1, 9]);
    assert.deepEqual(lines("main", "process"), []);
    assert.deepEqual(lines("editor", "process"), [3, 5, 8, 11]);
    assert.deepEqual(lines("heap", "area"), [4, 6, 7]);
    assert.equal(tokenAt(program, 4, 8)?.kind, "process");
    assert.equal(tokenAt(program, 6, 6)?.kind, "area");
    assert.equal(tokenAt(program, 7, 17)?.kind, "process");
  });

  const asked = [
    ["switch ", "process"],
    ["exit ", "process"],
    ["heap h 4KiB in=", "process"],
    ["grow ", "area"],
    ["a = alloc 8 from=", "region"],
    ["free ", null],
  ] as const;
  for (const [text, names] of asked) {
    it(`are offered after ${JSON.stringify(text)}: ${names ?? "none"}`, () => {
      assert.equal(completionAt(text, text.length).names, names);
    });
  }
});
