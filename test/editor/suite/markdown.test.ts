import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Exports, MarkdownIt } from "../../../src/editor/markdown/lectureNotes";
import { eventually, isWebHost } from "./script";

const lecture = "heap 1KiB\na = alloc 100\nfree a\nfree a\n";

/** Renders a fence as VS Code's preview does, or, where that runs in another extension host, through what it would ask for. */
async function render(info: string, content: string): Promise<string> {
  if (!isWebHost) return vscode.commands.executeCommand("markdown.api.render", `\`\`\`${info}\n${content}\`\`\`\n`);
  const extension = vscode.extensions.getExtension<Exports>("memscript.memscript")!;
  await extension.activate();
  const plain: MarkdownIt = {
    renderer: {
      rules: {
        fence: ([fence], _at, { highlight }) =>
          highlight === undefined ? fence.content : (highlight as (code: string) => string)(fence.content),
      },
    },
  };
  const { fence } = extension.exports.extendMarkdownIt(plain).renderer.rules;
  return fence!([{ info, content }], 0, {}, {}, {});
}

describe("Scripts in Markdown", () => {
  it("are followed by the picture of memory at their end, and by their problems", async () => {
    const page = await eventually("a picture in the preview", async () => {
      const html = await render("memscript heap", lecture);
      return html.includes("<svg") ? html : undefined;
    });
    assert.match(page, /hljs-keyword">alloc/);
    assert.match(page, /Line 4:/);
  });

  it("leave other fences alone", async () => {
    const page = await render("c", "int a;\n");
    assert.match(page, /int<\/span> a;|int a;/);
    assert.doesNotMatch(page, /memscript-note/);
  });
});
