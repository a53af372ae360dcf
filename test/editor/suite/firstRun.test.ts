import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, openScript } from "./script";

describe("The first minutes", () => {
  const inspectorTab = (): vscode.Tab | undefined =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === "Memory Inspector");

  it("begin with a new script of five lines that runs without an error", async () => {
    const uri = await vscode.commands.executeCommand<vscode.Uri>("memscript.newFile");
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, "memscript");
    assert.equal(document.getText().trimEnd().split("\n").length, 5);
    assert.deepEqual(vscode.languages.getDiagnostics(uri), []);
  });

  it("show answers as plain text, which is no script", async () => {
    const { uri } = await openScript("a = alloc 8\nfree a\n");
    await vscode.commands.executeCommand("memscript.describeMemory");
    const page = vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === "memscript-text");
    assert.equal(page?.document.languageId, "plaintext");
    assert.deepEqual(vscode.languages.getDiagnostics(page.document.uri), []);
    assert.notEqual(page.document.uri.toString(), uri.toString());
  });

  it("open the Memory Inspector with the debugger, unless a setting says otherwise", async () => {
    const configuration = vscode.workspace.getConfiguration("memscript");
    const { uri } = await openScript("a = alloc 8\nfree a\n");
    const debug = (): Thenable<boolean> =>
      vscode.debug.startDebugging(undefined, {
        type: "memscript",
        request: "launch",
        name: "first",
        program: uri.toString(),
        stopOnEntry: true,
      });
    const stopped = async (): Promise<void> => {
      await vscode.debug.stopDebugging();
      await eventually("the end of the session", () =>
        vscode.debug.activeDebugSession === undefined ? true : undefined,
      );
    };
    const open = inspectorTab();
    if (open !== undefined) await vscode.window.tabGroups.close(open);
    assert.ok(await debug());
    await stopped();
    assert.equal(inspectorTab(), undefined);
    await configuration.update("inspector.openOnDebug", true, vscode.ConfigurationTarget.Global);
    try {
      assert.ok(await debug());
      const tab = await eventually("the Memory Inspector", inspectorTab);
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
      await stopped();
      await vscode.window.tabGroups.close(tab);
    } finally {
      await configuration.update("inspector.openOnDebug", false, vscode.ConfigurationTarget.Global);
    }
  });
});
