import assert from "node:assert/strict";
import { PanelFeed } from "../../src/inspector/PanelFeed";
import { SeriesRecorder } from "../../src/inspector/series";
import { parse } from "../../src/language/parsing/parser";
import { History } from "../../src/machine/run/History";
import { type Cells, cellsOf, dataUrl, differenceOf } from "./cells";
import { PanelPage } from "./panelPage";
import { livelyScript } from "./recordedRun";
import { themes } from "./themes";

describe("The panel that is sent only what has changed", () => {
  let panel: PanelPage;

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  /** What the page says and draws in letters. */
  const content = (): Promise<string> => panel.page.locator("#panel").innerText();

  it("shows at each step what one that is sent everything shows", async () => {
    panel = await PanelPage.open(themes[0]);
    const history = new History(parse(livelyScript));
    const series = new SeriesRecorder();
    history.run(Infinity, () => series.record(history.state));
    const scene = { history, series, script: "lively", title: "lively", total: history.reached };
    const feed = new PanelFeed();
    for (let step = 2; step < history.reached; step += 3) {
      history.seek(step);
      await panel.send(feed.messageFor(scene)!);
      const changed = await content();
      await panel.send(new PanelFeed().messageFor(scene)!);
      assert.equal(changed, await content());
    }
  });

  it("looks after scrubbing as a page that was sent the last step alone", async () => {
    const history = new History(parse(livelyScript));
    const series = new SeriesRecorder();
    history.run(Infinity, () => series.record(history.state));
    const scene = { history, series, script: "lively", title: "lively", total: history.reached };
    // Single pixels at an edge may differ from one visit of a tab to the next.
    const picture = async (): Promise<Cells> =>
      cellsOf(dataUrl("image/png", await panel.page.screenshot({ fullPage: true })));
    const feed = new PanelFeed();
    const steps = Array.from({ length: history.reached - 2 }, (_, at) => at + 2);
    const messages = [...steps, ...steps.slice(10).reverse()].map((step) => {
      history.seek(step);
      return feed.messageFor(scene)!;
    });
    panel = await PanelPage.open(themes[0]);
    await panel.send(messages[0]);
    await panel.scrub(messages.slice(1));
    const [scrubbed, said] = [await picture(), await content()];
    await panel.close();
    panel = await PanelPage.open(themes[0]);
    await panel.send(new PanelFeed().messageFor(scene)!);
    assert.equal(said, await content());
    assert.deepEqual(differenceOf(scrubbed, await picture(), 2).differing, []);
  });

  it("asks for everything when it has nothing that could have changed", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.heard();
    await panel.send({ kind: "change", delta: { fields: {} } });
    assert.deepEqual(
      (await panel.heard()).map(({ kind }) => kind),
      ["ready"],
    );
  });
});
