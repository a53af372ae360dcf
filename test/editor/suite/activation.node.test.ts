import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, openScript } from "./script";

describe("activation", () => {
  it("is in VS Code's own startup figures", async () => {
    await openScript("a = alloc 8\nfree a\n");
    await vscode.commands.executeCommand("perfview.show");
    const row = await eventually("the row of the extension", () => {
      const page = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "perf");
      return page?.getText().match(/^.*memscript\.memscript.*$/m)?.[0];
    });
    // Extension | eager | load code | call activate | finish activate, in milliseconds: for the log, no test asserts a time.
    const figures = row.split("|").map((cell) => cell.trim());
    console.log(`      activation: ${figures.join(" | ")}`);
    assert.ok(figures.filter((cell) => /^\d+$/.test(cell)).length >= 3, row);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  });
});
