import assert from "node:assert/strict";
import { PanelPage } from "./panelPage";
import { sampleSnapshot } from "./sample";
import { themes } from "./themes";

describe("Pools in the Memory Inspector", () => {
  let panel: PanelPage;

  const attribute = (selector: string, name: string) => panel.page.locator(selector).getAttribute(name);
  const texts = (selector: string) => panel.page.locator(selector).allTextContents();

  beforeEach(async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(sampleSnapshot());
    await panel.heardCommands();
  });

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  it("goes through a pool's grid by keyboard", async () => {
    assert.deepEqual((await texts(".pool-owner")).slice(0, 4), ["p", "#1", "q", "#2"]);
    assert.equal(
      await attribute("[data-pool=cells] .usage-bar", "aria-label"),
      "2 of 10 blocks used, at most 2 so far",
    );
    await panel.page.locator(".pool-cell").first().focus();
    await panel.page.keyboard.press("ArrowRight");
    await panel.page.keyboard.press("ArrowRight");
    await panel.heardCommands();
    await panel.page.keyboard.press("Enter");
    const [message] = await panel.heardCommands();
    assert.equal(message.kind === "revealLine" && message.line, 2);
    assert.match((await texts(".pool-facts"))[0], /0x120080 used by q/);
    await panel.page.keyboard.press("End");
    assert.match((await texts(".pool-facts"))[0], /free, place 8 in the list/);
  });

  it("draws a pool's free list as arrows in the order of handing out, at any width", async () => {
    const arrows = async (): Promise<readonly string[]> =>
      panel.page
        .locator("[data-pool=cells] .pool-links .link-path")
        .evaluateAll((paths) =>
          paths.map((path) => `${path.getAttribute("data-from")}>${path.getAttribute("data-to")}`),
        );
    const inOrder = ["1>3", "3>4", "4>5", "5>6", "6>7", "7>8", "8>9"];
    assert.deepEqual(await arrows(), inOrder);
    assert.equal(await attribute("[data-pool=cells] .link-head", "data-head"), "1");
    // An arrow begins in its cell, wherever the cell is now.
    const distances = (): Promise<number[]> =>
      panel.page.evaluate(`[...document.querySelectorAll("[data-pool=cells] .link-path")].map((path) => {
        const at = path.getPointAtLength(0).matrixTransform(path.getScreenCTM());
        const cell = document.querySelectorAll("[data-pool=cells] .pool-cell")[Number(path.dataset.from)].getBoundingClientRect();
        return Math.abs(at.x - cell.left - cell.width / 2) + Math.abs(at.y - cell.bottom);
      })`);
    for (const width of [900, 340]) {
      await panel.page.setViewportSize({ width, height: 900 });
      await panel.settled();
      assert.ok(
        (await distances()).every((distance) => distance < 20),
        (await distances()).join(" "),
      );
    }
    assert.deepEqual(await arrows(), inOrder);
  });

  it("draws a slab cache slab by slab, those of a state together", async () => {
    assert.deepEqual(await texts("[data-pool='inodes'] .slab-state"), [
      "Partial slabs: 1",
      "Full slabs: 1",
      "Empty slabs: 1",
    ]);
    assert.deepEqual(
      (await texts("[data-pool='inodes'] .slab-heading")).map((text) => text.replace(/ · .*/, "")),
      [
        "Slab 1: partial, 3 of 4 used, colour 32",
        "Slab 0: full, 4 of 4 used, colour 0",
        "Slab 2: empty, 0 of 4 used, colour 64",
      ],
    );
    assert.deepEqual(await texts("[data-pool='inodes'] .pool-owner"), [
      "",
      "#1",
      ...Array.from({ length: 6 }, () => ""),
      "#2",
      "#3",
      "#4",
      "#5",
    ]);
    await panel.page.locator("[data-pool='inodes'] .pool-cell").first().focus();
    await panel.page.keyboard.press("ArrowRight");
    assert.match((await texts("[data-pool='inodes'] .pool-facts"))[0], /0x201408 free, place 1 in the list/);
  });
});
