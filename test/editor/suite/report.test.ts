import assert from "node:assert/strict";
import * as vscode from "vscode";
import { openScript } from "./script";

describe("Export Report", () => {
  const exported = async (script: vscode.Uri | undefined, target: vscode.Uri): Promise<string> => {
    const file = await vscode.commands.executeCommand<vscode.Uri>("memscript.exportReport", script, target);
    assert.equal(file.toString(), target.toString());
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(target));
  };

  it("writes a page about the script in the editor", async () => {
    const { uri } = await openScript("a = alloc 100\nb = alloc 50\nfree a\nfree a\n");
    const target = vscode.Uri.joinPath(uri, "..", "report.html");
    const page = await exported(undefined, target);
    assert.match(page, /^<!doctype html>/i);
    assert.match(page, /double-free/);
    assert.match(page, /4 steps ran/);
    assert.doesNotMatch(page, /<script/);
  });

  it("writes about the text as it stands in the editor, saved or not", async () => {
    const document = await openScript("a = alloc 100\nfree a\n");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(2, 0), "late = alloc 8\n");
    assert.ok(await vscode.workspace.applyEdit(edit));
    const page = await exported(document.uri, vscode.Uri.joinPath(document.uri, "..", "edited.html"));
    assert.match(page, /late = alloc 8/);
  });
});
