import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("the extension in VS Code", () => {
  it("is installed and activates", async () => {
    const extension = vscode.extensions.getExtension("memscript.memscript");
    assert.ok(extension, "VS Code does not know memscript.memscript");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it("registers the language", async () => {
    assert.ok((await vscode.languages.getLanguages()).includes("memscript"));
  });

  it("gives a .memscript file its language", async () => {
    const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, "smoke.memscript");
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode("a = alloc 100\nfree a\n"));
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, "memscript");
    assert.equal(document.lineCount, 3);
  });
});
