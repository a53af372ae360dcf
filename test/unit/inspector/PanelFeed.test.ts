import assert from "node:assert/strict";
import { applyDelta } from "../../../src/inspector/delta";
import type { PanelSnapshot } from "../../../src/inspector/model";
import { PanelFeed } from "../../../src/inspector/PanelFeed";
import { snapshotParts, type SnapshotPart } from "../../../src/inspector/parts";
import type { HostMessage } from "../../../src/inspector/protocol";
import { SeriesRecorder } from "../../../src/inspector/series";
import { buildSnapshot } from "../../../src/inspector/snapshot";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";

const blocks = 20_000;
const script = `heap main 16MiB
vm page=4096 frames=64 replacement=lru
repeat ${blocks} as i
  a[i] = alloc 16 + i * 7919 % 500
end
repeat 200 as i
  free a[i * 7919 % ${blocks}]
  a[i * 7919 % ${blocks}] = alloc 16 + i * 7907 % 500
  load i * 4096
end`;

describe("What a page is sent of a run with many blocks", () => {
  const history = new History(parse(script));
  const series = new SeriesRecorder();
  let feed: PanelFeed;
  /** What the page has. */
  let page: PanelSnapshot | null;

  before(() => {
    history.run(Infinity, () => series.record(history.state));
  });

  function open(...parts: readonly SnapshotPart[]): void {
    feed = new PanelFeed();
    feed.hear({ kind: "showing", parts });
    page = null;
  }

  /** Takes the page to a step; the bytes of the message, 0 where there was none. */
  function show(step: number, title = "a.memscript"): number {
    history.seek(step);
    const message = feed.messageFor({ history, series, script: title, title });
    if (message === null) return 0;
    // Over the wire, as the panel gets it.
    const text = JSON.stringify(message);
    const received = JSON.parse(text) as HostMessage;
    if (received.kind === "snapshot") page = received.snapshot;
    else if (received.kind === "change") page = applyDelta(page, received.delta) as PanelSnapshot;
    else assert.fail(`A message of kind ${message.kind}.`);
    return text.length;
  }

  const asSent = (...parts: readonly SnapshotPart[]): PanelSnapshot =>
    JSON.parse(
      JSON.stringify(buildSnapshot({ history, series, title: "a.memscript", parts: new Set(parts) })),
    ) as PanelSnapshot;

  for (const parts of [snapshotParts, ["heaps"], ["pages"], ["series"]] as const) {
    it(`is little for a step, and the whole truth: ${parts.join(", ")}`, () => {
      open(...parts);
      const first = show(blocks + 300);
      assert.ok(first < 450_000, `${first} bytes at first`);
      for (let step = blocks + 301; step < blocks + 310; step++) {
        const bytes = show(step);
        assert.ok(bytes > 0 && bytes < 6000, `${bytes} bytes for step ${step}`);
        assert.deepEqual(page, asSent(...parts));
      }
    });
  }

  it("is nothing where nothing has changed", () => {
    open("heaps");
    show(blocks);
    assert.equal(show(blocks), 0);
    feed.hear({ kind: "showing", parts: ["heaps"] });
    assert.equal(show(blocks), 0);
  });

  it("is a segment for each pixel of a wide panel at most, whatever is in view", () => {
    open("heaps");
    show(blocks);
    assert.ok(page!.heaps[0].segments.length <= 2010);
    feed.hear({ kind: "detail", heap: "main", from: 0, to: 50_000 });
    assert.ok(show(blocks) > 0);
    const { segments } = page!.heaps[0];
    assert.ok(segments.length <= 2010);
    assert.ok(segments.slice(0, 150).every(({ kind }) => kind === "block"));
    // Another script has no part in that.
    show(blocks, "b.memscript");
    assert.ok(page!.heaps[0].segments.filter(({ kind }) => kind === "block").length < 100);
  });

  it("is everything again for a page that has nothing", () => {
    open("heaps");
    show(blocks);
    feed.forget();
    page = null;
    show(blocks + 1);
    assert.deepEqual(page, asSent("heaps"));
  });
});
