import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { collectRun, type RunFacts } from "../../../../src/inspector/report/collect";
import { markup } from "../../../../src/inspector/markup";
import { reportHtml } from "../../../../src/inspector/report/page";
import { mostLines, mostProblems } from "../../../../src/inspector/report/sections";
import { englishStrings } from "../../../../src/inspector/strings";
import { runToEnd } from "../../../../src/language/coroutines";
import { parse } from "../../../../src/language/parsing/parser";
import { defaultMachineOptions } from "../../../../src/machine/run/options";

function factsOf(script: string): RunFacts {
  return runToEnd(collectRun(parse(script), defaultMachineOptions));
}

const reportOf = (script: string, title = "test.memscript"): string =>
  reportHtml(factsOf(script), { title, strings: englishStrings, lang: "en" });

describe("The report of a run", () => {
  it("is this page for the first founding example", () => {
    const example = path.join(__dirname, "../../../../media/examples/01-heap.memscript");
    const golden = path.join(__dirname, "heap.golden.txt");
    // The style sheet is a source file of its own.
    const page = reportOf(fs.readFileSync(example, "utf8"), "01-heap.memscript").replace(/<style>[^]*<\/style>/, "");
    if (process.env["UPDATE_GOLDENS"] === "1") fs.writeFileSync(golden, page);
    assert.equal(page, fs.readFileSync(golden, "utf8"));
  });

  it("shows memory when most bytes were in use and at the end", () => {
    const { peak, end, steps } = factsOf("a = alloc 100\nb = alloc 200\nfree b\nc = alloc 50\nfree a\nfree c");
    assert.equal(steps, 6);
    assert.deepEqual([peak?.step, peak?.used, peak?.heaps[0].stats.usedBlocks], [2, 300, 2]);
    assert.deepEqual([end.step, end.used, end.heaps[0].stats.usedBlocks], [6, 0, 0]);
  });

  it("has no second picture when the peak is the end", () => {
    assert.equal(factsOf("a = alloc 100").peak, null);
  });

  it("tells each line's runs and last story, and marks lines by their worst problem", () => {
    const page = reportOf("repeat 3\n  a = alloc 8\n  free a\nend\nfree a\n");
    assert.match(page, /<code> {2}a = alloc 8<\/code><\/td>\s*<td class="numeric">3<\/td>/);
    assert.match(page, /id="line-5"[\s\S]*aria-label="Error"[\s\S]*<code>free a<\/code>/);
  });

  it("counts page faults over the steps, and keeps to what there is", () => {
    const facts = factsOf("vm frames=2 replacement=fifo\naccess 0\naccess 0x1000\naccess 0x2000\naccess 0");
    assert.equal(facts.series.hasHeap, false);
    assert.deepEqual(facts.series.faults, [0, 0, 1, 2, 3, 4]);
    assert.match(reportOf("vm frames=2 replacement=fifo\naccess 0"), /Page faults so far over 2 steps: at most 1/);
  });

  it("puts statistics of heaps, pools, virtual memory and caches side by side", () => {
    const { statistics } = factsOf("heap one 4KiB\nheap two 4KiB\npool cells 64 x 10\nvm frames=4\ncache L1 1KiB");
    assert.deepEqual(
      statistics.map(({ kind, regions }) => [kind, ...regions]),
      [
        ["heaps", "one", "two"],
        ["vm", "vm"],
        ["pools", "cells"],
        ["caches", "cache", "L1"],
      ],
    );
  });

  it("escapes whatever a script and its name say", () => {
    const hostile = `<img src=x onerror=alert(1)>"'&`;
    const page = reportOf(`# ${hostile}\nexpect "</style><script>"\nfree \`<b>\`\n${hostile}\n`, hostile);
    assert.doesNotMatch(page, /<img|<script|<b>|https?:/);
    assert.equal(page.match(/<\/style>/g)?.length, 1);
    assert.match(page, /<title>Memory report: &lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;&amp;<\/title>/);
  });

  it("has one of each id", () => {
    const ids = [...reportOf("heap one 1KiB\nheap two 1KiB\na = alloc 8 from=one").matchAll(/ id="([^"]*)"/g)];
    const names = ids.map(([, id]) => id);
    assert.equal(new Set(names).size, names.length);
  });

  it("says what it leaves out of long scripts, long lists of problems and full heaps", () => {
    const long = reportOf(`${"free 8\n".repeat(mostLines)}heap 1MiB\n`);
    assert.match(long, new RegExp(`These are the first ${mostLines} of 2,001 lines`));
    assert.match(long, new RegExp(`These are the first ${mostProblems} of 2,000 problems`));
    const full = reportOf("heap 1MiB\nrepeat 5000 as i\n  a[i] = alloc 8\nend\nrepeat 2500 as i\n  free a[i * 2]\nend");
    assert.match(full, /Blocks too small to draw are drawn together/);
    assert.match(full, /These are the first 1,000 of 2,501 entries/);
  });
});

describe("Markup", () => {
  it("escapes what is put in unless it is markup itself", () => {
    assert.equal(
      markup`<i title="${'"'}">${[markup`<b>${"<"}</b>`, null]}${null}${2}</i>`.text,
      '<i title="&quot;"><b>&lt;</b>2</i>',
    );
  });
});
