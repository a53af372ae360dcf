import assert from "node:assert/strict";
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
      const frame = await window.webviewFrame(".memscript-note svg");
      await frame.locator(".memscript-note table").waitFor();
      assert.equal(await frame.locator(".memscript-note").count(), 3);
      assert.match((await frame.locator(".memscript-note .problems").first().textContent())!, /Line 6:/);
      const ground = await frame
        .locator(".memscript-note svg")
        .first()
        .evaluate((svg) => getComputedStyle(svg).getPropertyValue("--used"));
      assert.equal(ground.trim(), theme === "light" ? "#2f6fd0" : "#5c9bf5");
      await window.screenshot(`lecture-notes-${theme}`);
    }
  });

  it("colour a script in the text itself", async () => {
    const words = window.page.locator(".editor-instance .view-line span[class^=mtk]", { hasText: /^alloc$/ });
    const plain = window.page.locator(".editor-instance .view-line span[class^=mtk]", { hasText: /Two/ });
    const colour = (of: typeof words): Promise<string> => of.first().evaluate((word) => getComputedStyle(word).color);
    assert.notEqual(await colour(words), await colour(plain));
  });
});
