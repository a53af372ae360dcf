import assert from "node:assert/strict";
import fc from "fast-check";
import type { LifetimeRecorder } from "../../../../src/inspector/lifetimes/LifetimeRecorder";
import { mostExportedRows, rowsHtml } from "../../../../src/inspector/rows/exportHtml";
import { answerRows, mostRows } from "../../../../src/inspector/rows/rows";
import { rowMarks, segmentsOfRow } from "../../../../src/inspector/rows/rowSegments";
import { englishStrings } from "../../../../src/inspector/strings";
import { parse } from "../../../../src/language/parsing/parser";
import type { MachineState } from "../../../../src/machine/run/MachineState";
import { History } from "../../../../src/machine/run/History";
import { recordScript, scripts } from "../lifetimes/recorded";
import { naiveRows } from "./naiveRows";

const ask = (recorder: LifetimeRecorder, script: string, first = 1, count = 100, width = 100_000) =>
  answerRows(recorder, { region: null, first, count, range: null, width }, (line) => script.split("\n")[line]);

/** Addresses of the payloads in use, ascending. */
function usedBlocks({ heaps, pools }: MachineState, region: string): number[] {
  const blocks = [...(heaps.get(region)?.blocks() ?? [])].filter(({ state }) => state === "used");
  const taken = [...(pools.get(region)?.blocks() ?? [])].filter(({ state }) => state === "used");
  return [...blocks.map(({ payload }) => payload), ...taken.map(({ address }) => address)];
}

/** `a 100+ b 50-` for each row: + made by the step, - ended by it, ! leaked, > moved. */
function pictures(script: string, width?: number): string[] {
  const { segments, heads } = ask(recordScript(script).recorder, script, 1, 100, width);
  return heads.map((_, row) => {
    const parts: string[] = [];
    for (const at of segmentsOfRow(segments, row)) {
      const marks = segments.marks[at];
      const has = (mark: number, sign: string) => ((marks & mark) === 0 ? "" : sign);
      const signs = [
        has(rowMarks.born, "+"),
        has(rowMarks.ended, "-"),
        has(rowMarks.leaked, "!"),
        has(rowMarks.moved, ">"),
      ];
      const many = segments.blocks[at] === 1 ? "" : `${segments.blocks[at]} in `;
      parts.push(`${segments.labels[at] ?? ""} ${many}${segments.size[at]}${signs.join("")}`.trim());
    }
    return parts.join(", ");
  });
}

describe("Rows of a run", () => {
  it("show the blocks after each step, and what the step made and ended", () => {
    assert.deepEqual(pictures("a = alloc 100\nb = alloc 50\nb = realloc b 40\nfree a\ndefrag\nfree b"), [
      "a 100+",
      "a 100, b 50+",
      "a 100, b 40+>",
      "a 100-, b 40",
      "b 40+>, b 40-",
      "b 40-",
    ]);
  });

  it("merge what no two pixels show apart, and keep every mark", () => {
    const script = "a = alloc 8\nb = alloc 8\nc = alloc 8\nbig = alloc 4000\nfree a\nfree c\nfree big";
    assert.deepEqual(pictures(script, 100).slice(3), [
      "2 in 48!, 8, big 4000+",
      "2 in 48-!, 8, big 4000",
      "8!, 8-, big 4000",
      "8!, big 4000-",
    ]);
  });

  it("carry line, text and the worst problem of each step", () => {
    const script = "a = alloc 8\n\nfree a\nfree a";
    const { heads, reached } = ask(recordScript(script).recorder, script);
    assert.equal(reached, 3);
    assert.deepEqual(
      heads.map(({ step, line, text, severity }) => [step, line, text, severity]),
      [
        [1, 0, "a = alloc 8", null],
        [2, 2, "free a", null],
        [3, 3, "free a", "error"],
      ],
    );
    assert.match(heads[2].message, /freed/);
  });

  it("equal the machine's own state at every step", () => {
    fc.assert(
      fc.property(scripts, fc.integer({ min: 1, max: 40 }), (script, first) => {
        const { recorder } = recordScript(script);
        const region = recorder.regions.at(0)?.name;
        if (region === undefined) return;
        const { heads, segments } = ask(recorder, script, first, 30);
        const history = new History(parse(script));
        for (const [row, { step, text }] of heads.entries()) {
          history.seek(step);
          assert.equal(history.record?.text.trim(), text.trim());
          const shown: number[] = [];
          for (const at of segmentsOfRow(segments, row)) {
            if ((segments.marks[at] & rowMarks.ended) === 0) shown.push(segments.address[at]);
          }
          assert.deepEqual(shown, usedBlocks(history.state, region));
        }
      }),
    );
  });

  it("equal those that are made one by one, at any resolution", () => {
    const question = fc.record({
      region: fc.constantFrom(null, "heap", "nodes"),
      first: fc.integer({ min: 1, max: 40 }),
      count: fc.integer({ min: 1, max: 40 }),
      range: fc.option(
        fc
          .tuple(fc.integer({ min: 0xff00, max: 0x11000 }), fc.integer({ min: 1, max: 3000 }))
          .map(([low, bytes]) => ({ low, high: low + bytes })),
      ),
      width: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 3000 })),
    });
    fc.assert(
      fc.property(scripts, question, (script, asked) => {
        const { recorder } = recordScript(script);
        const { heads, segments } = answerRows(recorder, asked, () => "");
        const rows = heads.map((_, row) => {
          return {
            count: segments.counts[row],
            segments: segmentsOfRow(segments, row).map((at) => ({
              address: segments.address[at],
              size: segments.size[at],
              blocks: segments.blocks[at],
              marks: segments.marks[at],
              label: segments.labels[at],
            })),
          };
        });
        assert.deepEqual(rows, naiveRows(recorder, asked));
      }),
      { numRuns: 300 },
    );
  });

  it("share the segments that a step leaves alone", () => {
    const script =
      "heap 1MiB\nrepeat 100 as i\n  a[i] = alloc 64\nend\nrepeat 20\n  b = alloc 64\n  free b\nend\nrepeat 100 as i\n  free a[i]\nend";
    const { heads, segments } = ask(recordScript(script).recorder, script, 102, 40);
    const shown = heads.reduce((sum, _, row) => sum + segmentsOfRow(segments, row).length, 0);
    assert.deepEqual([heads.length, shown], [40, 40 * 101]);
    assert.equal(segments.address.length, 100 + 40);
  });

  it("answer a long run some rows at a time", () => {
    const script = "repeat 500\n  a = alloc 8\n  free a\nend";
    const { recorder } = recordScript(script);
    assert.equal(ask(recorder, script, 1, 10_000).heads.length, mostRows);
    assert.deepEqual(
      ask(recorder, script, 999, 10).heads.map(({ step }) => step),
      [999, 1000],
    );
    assert.equal(ask(recorder, script, 1001, 10).heads.length, 0);
  });
});

describe("Rows as a page", () => {
  const page = (script: string) =>
    rowsHtml(recordScript(script).recorder, {
      title: "one.memscript",
      region: null,
      strings: englishStrings,
      lang: "en",
      lineText: (line) => script.split("\n")[line],
    });

  it("has a row a step, runs no script and loads nothing", () => {
    const html = page('a = alloc 8 # <b>"&\nfree a\nfree a');
    assert.equal(html.match(/<tr/g)?.length, 4);
    assert.equal(html.match(/<tr class="error"/g)?.length, 1);
    assert.match(html, /&lt;b&gt;&quot;&amp;/);
    assert.doesNotMatch(html, /<script|https?:|<b>/);
    assert.match(html, /one\.memscript: heap: 3 steps, addresses 0x10020 to 0x10028/);
    assert.doesNotMatch(html, /left out/);
  });

  it("says what it leaves out", () => {
    const html = page(`heap 1MiB\nrepeat ${mostExportedRows}\n  a = alloc 8\nfree a\nend`);
    assert.equal(html.match(/<tr/g)?.length, mostExportedRows + 1);
    assert.match(html, new RegExp(`the first ${mostExportedRows} of ${2 * mostExportedRows + 1} steps`));
  });

  it("stops before it has too many rectangles", () => {
    const html = page("heap 1MiB\nrepeat 900 as i\n  a[i] = alloc 800\nend");
    const rows = html.match(/<tr/g)!.length - 1;
    assert.ok(rows < 901 && rows > 500);
    assert.match(html, new RegExp(`the first ${rows} of 901 steps`));
  });
});
