import assert from "node:assert/strict";
import * as path from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { tracePage } from "../../src/inspector/trace/tracePage";
import { traceView } from "../../src/inspector/trace/traceView";
import { runToEnd } from "../../src/language/coroutines";
import { englishWords } from "../../src/language/Words";
import { TraceSummary } from "../../src/machine/replay/TraceSummary";
import { openPage } from "../harness/chromium";
import { repoRoot } from "../harness/paths";
import { seriousFindings } from "./axe";
import { themes, type PanelTheme } from "./themes";

const address = "http://trace.test";

const log = `[pid 7] [0x4011e0] words->malloc(16) = 0x10
[pid 7] [0x4011f0] words->malloc(400) = 0x100
[pid 8] [0x401266] words->realloc(0x100, 1200) = 0x200
hello from the program
[pid 8] [0x4012ed] a_library_with_a_very_long_name.so.6.0.32->malloc(48) = 0x1000
[pid 7] free(0x10) = <void>
[pid 7] free(0x10) = <void>
`;

function pageOf(): string {
  const summary = new TraceSummary("words.ltrace");
  runToEnd(summary.read(new TextEncoder().encode(log)));
  const view = traceView(runToEnd(summary.finish()), englishWords, "en");
  const action = (label: string, isPrimary = false) => ({ label, address: `command:${label}`, isPrimary });
  return tracePage(
    {
      title: "words.ltrace",
      lang: "en",
      cspSource: address,
      styleUri: `${address}/webview.css`,
      actions: [action("Replay in Memory Inspector", true), action("Compare"), action("Convert to MemScript")],
      view,
    },
    englishWords,
  );
}

describe("The page of a trace in a browser", function () {
  this.timeout(120_000);
  let page: Page;
  let style: string;
  const complaints: string[] = [];

  before(async () => {
    const { outputFiles } = await build({
      entryPoints: [path.join(repoRoot, "webview/inspector.css")],
      bundle: true,
      write: false,
    });
    style = outputFiles[0].text;
  });

  async function open(width: number): Promise<void> {
    // axe is evaluated in the page, whose own policy allows no script.
    page = await openPage({ viewport: { width, height: 700 } });
    complaints.length = 0;
    page.on("console", (message) => complaints.push(message.text()));
    await page.route(`${address}/**`, (route) =>
      route.request().url().endsWith(".css")
        ? route.fulfill({ contentType: "text/css", body: style })
        : route.fulfill({ contentType: "text/html", body: pageOf() }),
    );
    await page.goto(`${address}/`);
  }

  /** As VS Code does: custom properties on the root, the theme's kind on the body. */
  async function wear({ variables, bodyClass }: PanelTheme): Promise<void> {
    await page.evaluate(
      ([properties, kind]) => {
        document.documentElement.removeAttribute("style");
        for (const [name, value] of properties) document.documentElement.style.setProperty(`--vscode-${name}`, value);
        document.body.className = kind;
      },
      [Object.entries(variables), bodyClass] as const,
    );
  }

  afterEach(async () => {
    assert.deepEqual(complaints, [], "the console is silent: nothing is against the security policy");
    await page.close();
  });

  it("is accessible in each theme, with the panel's style sheet", async () => {
    await open(900);
    for (const theme of themes) {
      await wear(theme);
      assert.deepEqual(await seriousFindings({ page }), [], theme.name);
    }
    const button = page.locator(".push.primary");
    const [expected, drawn] = await button.evaluate((element) => [
      getComputedStyle(document.documentElement).getPropertyValue("--vscode-button-background"),
      getComputedStyle(element).backgroundColor,
    ]);
    assert.ok(expected !== "" && drawn !== "rgba(0, 0, 0, 0)", `${expected} ${drawn}`);
  });

  it("says what the file is, and has its numbers, leaks and warnings", async () => {
    await open(900);
    assert.equal(await page.locator("[role=status]").innerText(), "6 requests to an allocator, read as ltrace.");
    assert.deepEqual(await page.locator(".trace-warnings li").allInnerTexts(), [
      "1 line is not one of the trace and was passed over: line 4.",
      "1 operation cannot be followed as it was recorded.",
    ]);
    assert.deepEqual(await page.locator("tbody tr").allInnerTexts(), [
      "words[0x401266]\t1,200\t1\t3",
      "a_library_with_a_very_long_name.so.6.0.32[0x4012ed]\t48\t1\t5",
    ]);
  });

  it("is used by keyboard: actions in their order, then the table", async () => {
    await open(900);
    const focused: string[] = [];
    for (let k = 0; k < 4; k++) {
      await page.keyboard.press("Tab");
      focused.push(
        await page.evaluate(
          () => document.activeElement?.getAttribute("href") ?? document.activeElement?.getAttribute("role") ?? "",
        ),
      );
    }
    assert.deepEqual(focused, [
      "command:Replay in Memory Inspector",
      "command:Compare",
      "command:Convert to MemScript",
      "region",
    ]);
  });

  it("never scrolls sideways, however narrow", async () => {
    await open(320);
    await wear(themes[0]);
    const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assert.ok(Number(overflow) <= 0, `${String(overflow)} px too wide`);
  });
});
