import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { collectRun } from "../../src/inspector/report/collect";
import { reportHtml } from "../../src/inspector/report/page";
import { englishStrings } from "../../src/inspector/strings";
import { runToEnd } from "../../src/language/coroutines";
import { parse } from "../../src/language/parsing/parser";
import { defaultMachineOptions } from "../../src/machine/run/options";
import { openPage } from "../harness/chromium";
import { outDir } from "../harness/paths";
import { seriousFindings } from "./axe";
import { livelyScript } from "./recordedRun";

describe("The report in a browser", () => {
  const file = path.join(outDir, "report.html");
  let page: Page;

  before(() => {
    const facts = runToEnd(collectRun(parse(livelyScript), defaultMachineOptions));
    fs.mkdirSync(outDir, { recursive: true });
    fs.writeFileSync(file, reportHtml(facts, { title: "lively.memscript", strings: englishStrings, lang: "en" }));
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`opens from a file, is accessible and asks for nothing else in ${colorScheme}`, async () => {
      // axe is evaluated in the page, whose own policy allows no script.
      page = await openPage({ colorScheme, viewport: { width: 1000, height: 900 }, bypassCSP: true });
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      const folder = path.join(outDir, "screenshots");
      fs.mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: path.join(folder, `report-${colorScheme}.png`), fullPage: true });
      assert.deepEqual(await seriousFindings({ page }), []);
      assert.deepEqual(asked, [pathToFileURL(file).href]);
      await page.close();
    });
  }

  it("fits a narrow window", async () => {
    page = await openPage({ viewport: { width: 360, height: 800 } });
    await page.goto(pathToFileURL(file).href);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
    await page.close();
  });
});
