import assert from "node:assert/strict";
import * as vscode from "vscode";
import { hoverAt, openScript, positionOf } from "./script";

const script = "a = alloc 40\nfree a\nb = alloc 40\nfree a\nfree b\n";

describe("why would free fail", () => {
  it("is told by the hover on the verb, as of before the line", async () => {
    const document = await openScript(script);
    assert.match(await hoverAt(document, positionOf(document, "free b", 1)), /would succeed/);
    const stale = await hoverAt(document, new vscode.Position(3, 1));
    assert.match(stale, /would fail[^]*double-free/);
    assert.match(stale, /✗ Is the block live\? No, it was freed on line 2/);
  });

  it("is offered on lines that free, and opens the checks beside the script", async () => {
    const document = await openScript(script);
    const offered = async (line: number): Promise<vscode.CodeAction | undefined> => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        new vscode.Range(line, 0, line, 0),
      );
      return actions.find(({ command }) => command?.command === "memscript.whyFree");
    };
    assert.equal(await offered(0), undefined);
    const action = await offered(3);
    assert.ok(action?.command !== undefined, "no code action on the line");
    const { command, arguments: given } = action.command;
    const text = await vscode.commands.executeCommand<string>(command, ...(given as unknown[]));
    assert.match(text, /line 4: free a\n\n`free` would fail/);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), text);
  });
});
