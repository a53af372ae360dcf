import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tracePage } from "../../../../src/inspector/trace/tracePage";
import { traceView, type TraceView } from "../../../../src/inspector/trace/traceView";
import { runToEnd } from "../../../../src/language/coroutines";
import { englishWords } from "../../../../src/language/Words";
import { TraceSummary } from "../../../../src/machine/replay/TraceSummary";
import { bytesOf, replayBytes, traceBytes } from "../../replay/traces";

function viewOf(bytes: Uint8Array, name: string, isPart = false): TraceView {
  const summary = new TraceSummary(name);
  for (let from = 0; from < bytes.length; from += 10_000) runToEnd(summary.read(bytes.subarray(from, from + 10_000)));
  return traceView(runToEnd(summary.finish()), englishWords, "en", isPart);
}

const valueOf = (view: TraceView, name: string): string | undefined =>
  view.facts.find((fact) => fact.name === name)?.value;

describe("the page of a trace", () => {
  it("has the numbers of the replay and the leaks by call site", () => {
    const bytes = traceBytes("cc1");
    const { report } = replayBytes(bytes);
    const view = viewOf(bytes, "cc1.mtrace.gz");
    assert.equal(view.summary, "5,164 requests to an allocator, read as mtrace.");
    assert.equal(view.assumption, "Replayed in a heap of policy first-fit that grows as needed.");
    assert.deepEqual(view.warnings, []);
    assert.equal(valueOf(view, "Allocations"), "3,558");
    assert.equal(valueOf(view, "Peak"), `${report.stats.peakUsed.toLocaleString("en")} bytes`);
    assert.equal(view.leaks?.rows[0].site, report.live[0].site);
    assert.equal(view.leaks.rows.length, Math.min(100, report.live.length));
    assert.ok(view.canReplay);
  });

  it("says that every block is freed", () => {
    const view = viewOf(traceBytes("sqlite"), "sqlite.mtrace");
    assert.deepEqual([view.leaks?.title, view.leaks?.rows], ["Every block is freed", []]);
  });

  it("counts faults and misses of references", () => {
    const lines = Array.from({ length: 100 }, (_, k) => ` L ${(0x1000 * (k % 10)).toString(16)},4`);
    const view = viewOf(bytesOf(`${lines.join("\n")}\n`), "loop.lackey");
    assert.equal(view.summary, "100 memory references, read as lackey.");
    assert.deepEqual([valueOf(view, "Reads"), valueOf(view, "Page faults")], ["100", "10 (10 %)"]);
    // Ten lines of one set with eight ways push each other out.
    assert.equal(valueOf(view, "Cache misses"), "100 (100 %)");
    assert.equal(view.leaks, null);
  });

  it("takes a reference string as pages, and then has no caches", () => {
    const view = viewOf(bytesOf("7 0 1 2 0 3 0 4 2 3 0 3 2\n"), "belady.ref");
    assert.match(view.summary, /^13 memory references, read as decimal page numbers/);
    assert.deepEqual([valueOf(view, "Page faults"), valueOf(view, "Cache misses")], ["6 (46.2 %)", undefined]);
  });

  it("says what was passed over, what is wrong, and that a large trace was not read to its end", () => {
    const text = "a 0 8\nhello\nf 0\na 1 x\nf 7\n";
    const view = viewOf(bytesOf(text), "odd.rep", true);
    assert.deepEqual(view.warnings, [
      "Only the first part of this large trace was read; `memscript replay` reads all of it.",
      "1 line is not one of the trace and was passed over: line 2.",
      "1 line is wrong: line 4: The size is not a whole number from 0 to 2^53.",
      "1 operation cannot be followed as it was recorded.",
    ]);
  });

  it("says why a file is no trace, and offers nothing then", () => {
    for (const text of ["", "hello\nworld\n", "\u0000\u0001"]) {
      const view = viewOf(bytesOf(text), "no.mtrace");
      assert.equal(view.summary, "This file cannot be read as a trace.");
      assert.equal(view.warnings.length, 1);
      assert.ok(!view.canReplay);
    }
  });

  it("runs nothing, and writes what the trace says as text", () => {
    const site = "<img src=x onerror=alert(1)>";
    const view = viewOf(bytesOf(`@ ${site} + 0x10 0x8\n`), "x.mtrace");
    const page = tracePage(
      {
        title: "<b>.mtrace",
        lang: "en",
        cspSource: "vscode-resource:",
        styleUri: "webview.css",
        actions: [{ label: "Replay", address: "command:memscript.replayTrace?%5B%5D", isPrimary: true }],
        view,
      },
      englishWords,
    );
    assert.ok(!page.includes("<img") && !page.includes("<b>") && !page.includes("<script"));
    assert.ok(page.includes("default-src &#39;none&#39;; style-src vscode-resource:"));
    assert.ok(page.includes('href="command:memscript.replayTrace?%5B%5D"'));
  });

  it("shows what all fixtures are", () => {
    const folder = join(__dirname, "../../../fixtures/traces");
    for (const name of ["words.ltrace", "words.uftrace", "words.heaptrack"]) {
      const view = viewOf(readFileSync(join(folder, name)), name);
      assert.match(view.summary, /requests to an allocator, read as (ltrace|uftrace|heaptrack)\.$/);
      assert.ok(view.leaks !== null && view.leaks.rows.every(({ site }) => site !== null));
    }
  });
});
