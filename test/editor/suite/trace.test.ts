import assert from "node:assert/strict";
import * as vscode from "vscode";
import { TraceEditor } from "../../../src/editor/traces/TraceEditor";
import { eventually } from "./script";

const recorded = "= Start\n@ a:[0x1] + 0x1000 0x64\n@ a:[0x2] + 0x2000 0x20\n@ a:[0x1] - 0x1000\n= End\n";

async function writeFile(name: string, bytes: Uint8Array): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, name);
  await vscode.workspace.fs.writeFile(uri, bytes);
  return uri;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function packed(text: string): Promise<Uint8Array> {
  const stream = new Blob([bytesOf(text) as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const shownAs = (uri: vscode.Uri): string | undefined => {
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.uri.toString() === uri.toString() ? input.viewType : undefined;
};

/** What the editor writes into its page: the page itself is out of a test's reach. */
function pageOf(uri: vscode.Uri): { readonly webview: { html: string }; readonly close: () => void } {
  const closed = new vscode.EventEmitter<void>();
  const webview = { html: "", cspSource: "x:", options: {}, asWebviewUri: (part: vscode.Uri) => part };
  const panel = { webview, onDidDispose: closed.event } as unknown as vscode.WebviewPanel;
  const editor = new TraceEditor(uri, panel, vscode.Uri.file("/extension"));
  void editor.read();
  return { webview, close: () => closed.fire() };
}

describe("A recorded trace", function () {
  this.timeout(60_000);

  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("opens in its own editor by a click, packed or not", async () => {
    for (const uri of [
      await writeFile("opened.mtrace", bytesOf(recorded)),
      await writeFile("opened.mtrace.gz", await packed(recorded)),
    ]) {
      await vscode.commands.executeCommand("vscode.open", uri);
      const type = await eventually(`the editor of ${uri.path}`, () => shownAs(uri));
      assert.ok(type.endsWith("memscript.trace"), type);
    }
  });

  it("opens in it under another name when the user says so", async () => {
    const uri = await writeFile("opened.log", bytesOf("malloc(32) = 0x10\nfree(0x10) = <void>\n"));
    await vscode.commands.executeCommand("vscode.openWith", uri, "memscript.possibleTrace");
    const type = await eventually("the editor", () => shownAs(uri));
    assert.ok(type.endsWith("memscript.possibleTrace"), type);
  });

  it("says what it is, and again when the file changes", async () => {
    const uri = await writeFile("shown.mtrace.gz", await packed(recorded));
    const page = pageOf(uri);
    await eventually("the numbers", () => /read as mtrace/.test(page.webview.html) || undefined);
    assert.match(page.webview.html, /3 requests to an allocator/);
    assert.match(page.webview.html, /a:\[0x2\]/);
    assert.match(page.webview.html, /command:memscript\.replayTrace\?/);
    await vscode.workspace.fs.writeFile(uri, await packed(`${recorded}@ a:[0x2] - 0x2000\n`));
    await eventually("the new numbers", () => /4 requests to an allocator/.test(page.webview.html) || undefined);
    page.close();
  });

  it("says why a file is none", async () => {
    const page = pageOf(await writeFile("none.mtrace", bytesOf("hello\n")));
    await eventually("the reason", () => /cannot be read as a trace/.test(page.webview.html) || undefined);
    page.close();
  });

  it("is replayed in the Memory Inspector as a script", async () => {
    const uri = await writeFile("replayed.mtrace", bytesOf(recorded));
    const script = await vscode.commands.executeCommand<vscode.Uri>("memscript.replayTrace", uri);
    const document = await vscode.workspace.openTextDocument(script);
    assert.equal(document.languageId, "memscript");
    assert.match(document.getText(), /alloc 32 {2}# @ a:\[0x2\]/);
    await eventually(
      "the panel",
      () =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .some(
            ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes("memscript.inspector"),
          ) || undefined,
    );
  });
});
