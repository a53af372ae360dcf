import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { openVsCode } from "../../harness/openVsCode";
import { repoRoot } from "../../harness/paths";
import type { VsCodeWindow } from "../../harness/VsCodeWindow";

/** Milliseconds between two keys, as people type. */
const keys = [110, 150];

const examples = ["02-virtual-memory"];

/** Lines in which suggestions come up while Enter or a space is typed. */
const traps = `heap 64KiB policy=best-fit
a = alloc 100
b = alloc 50
free b
pool p 64 x 4
free a
pool page 32 x 2
slab s 24
stats
`;

/** The lines without their comments, which no suggestion comes up in. */
const linesOf = (script: string): string[] =>
  script
    .split("\n")
    .map((line) => line.replace(/\s*#.*$/, ""))
    .filter((line) => line.trim() !== "");

describe("Typing at human speed", () => {
  let window: VsCodeWindow;
  let files = 0;

  before(async () => {
    window = await openVsCode();
  });

  after(async () => window.close());

  /** Types a text key by key into an empty file, saves it and returns what the file holds. */
  async function typed(lines: readonly string[]): Promise<string> {
    const name = `typed-${++files}.memscript`;
    const file = path.join(window.workspace, name);
    fs.writeFileSync(file, "");
    await window.openFile(name);
    const { keyboard } = window.page;
    const all = `${lines.map((line) => line.trim()).join("\n")}\n`;
    for (let at = 0; at < all.length; at++) {
      const character = all[at];
      await keyboard.press(character === "\n" ? "Enter" : character === " " ? "Space" : character, { delay: 0 });
      await window.page.waitForTimeout(keys[at % keys.length]);
    }
    await keyboard.press("Escape");
    await keyboard.press("Control+s");
    await window.page.locator(`.tab.active[data-resource-name="${name}"]:not(.dirty)`).waitFor();
    let saved = "";
    while ((saved = fs.readFileSync(file, "utf8")) === "") await window.page.waitForTimeout(50);
    return saved;
  }

  const text = (lines: readonly string[]): string[] => lines.map((line) => line.trim());

  it("leaves what is written as it is, whatever is suggested meanwhile", async () => {
    const lines = linesOf(traps);
    assert.deepEqual(linesOf(await typed(lines)), text(lines));
  });

  it("leaves an example as it is", async () => {
    for (const name of examples) {
      const lines = linesOf(fs.readFileSync(path.join(repoRoot, "media/examples", `${name}.memscript`), "utf8")).slice(
        0,
        8,
      );
      assert.deepEqual(text(linesOf(await typed(lines))), text(lines), name);
    }
  });
});
