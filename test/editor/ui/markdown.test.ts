import assert from "node:assert/strict";
import { CONDITION_MS } from "../../harness/deadlines";
import { openVsCode } from "../../harness/openVsCode";
import type { ThemeName, VsCodeWindow } from "../../harness/VsCodeWindow";

const lecture = `# Fragmentation

Two holes, and no block of 500 bytes fits:

\`\`\`memscript heap
heap 1KiB header=16
a = alloc 200   # stays
b = alloc 300
c = alloc 200
free b
d = alloc 500
\`\`\`

Pages and frames:

\`\`\`memscript pages
vm page=4KiB frames=8
map 0x10 -> 3 rw-u
map 0x11 -> 5 r--u
\`\`\`

\`\`\`memscript rows
a = alloc 64
b = alloc 32
free a
\`\`\`
`;

describe("Lecture notes in a window", () => {
  let window: VsCodeWindow;

  before(async () => {
    window = await openVsCode({ files: { "lecture.md": lecture } });
  });

  after(async () => window.close());

  it("draw memory below each script, in the colours of the theme", async () => {
    await window.openFile("lecture.md");
    await window.runCommand("Markdown: Open Preview to the Side");
    for (const theme of ["light", "dark"] satisfies ThemeName[]) {
      await window.setTheme(theme);
      await shown({ notes: 3, rows: true, problem: true, used: theme === "light" ? "#2f6fd0" : "#5c9bf5" });
      await window.screenshot(`lecture-notes-${theme}`);
    }
  });

  /** Waits until the preview shows this: it replaces its page when it is rendered again. */
  async function shown(expected: object): Promise<void> {
    for (const end = Date.now() + CONDITION_MS; ;) {
      try {
        const frame = await window.webviewFrame(".memscript-note svg");
        const seen = await frame.evaluate(() => {
          const notes = [...document.querySelectorAll(".memscript-note")];
          const svg = document.querySelector(".memscript-note svg");
          return {
            notes: notes.length,
            rows: notes.at(-1)?.querySelector("table") !== null,
            problem: notes[0]?.querySelector(".problems")?.textContent.includes("Line 6:") === true,
            used: svg === null ? "" : getComputedStyle(svg).getPropertyValue("--used").trim(),
          };
        });
        assert.deepEqual(seen, expected);
        return;
      } catch (error) {
        if (end < Date.now()) throw error;
        await window.page.waitForTimeout(100);
      }
    }
  }

  it("colour a script in the text itself", async () => {
    const words = window.page.locator(".editor-instance .view-line span[class^=mtk]", { hasText: /^alloc$/ });
    const plain = window.page.locator(".editor-instance .view-line span[class^=mtk]", { hasText: /Two/ });
    const colour = (of: typeof words): Promise<string> => of.first().evaluate((word) => getComputedStyle(word).color);
    assert.notEqual(await colour(words), await colour(plain));
  });
});
