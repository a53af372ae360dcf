import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually } from "./script";

describe("Scripts in Markdown", () => {
  const render = (text: string): Thenable<string> => vscode.commands.executeCommand("markdown.api.render", text);

  it("are followed by the picture of memory at their end, and by their problems", async () => {
    const text = "# Lecture\n\n```memscript heap\nheap 1KiB\na = alloc 100\nfree a\nfree a\n```\n";
    const page = await eventually("a picture in the preview", async () => {
      const html = await render(text);
      return html.includes("<svg") ? html : undefined;
    });
    assert.match(page, /hljs-keyword">alloc/);
    assert.match(page, /Line 4:/);
  });

  it("leaves other fences alone", async () => {
    const page = await render("```c\nint a;\n```\n");
    assert.match(page, /int<\/span> a;|int a;/);
    assert.doesNotMatch(page, /memscript-note/);
  });
});
