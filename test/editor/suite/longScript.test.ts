import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticOf, isWebHost, openScript } from "./script";

const lines = isWebHost ? 4_000 : 20_000;

/** Every block is used on the line below it and never freed, so that `b` stands in each line. */
const script = Array.from({ length: lines }, (_, line) =>
  line % 2 === 0 ? `b[${line / 2}] = alloc 16` : `write b[${(line - 1) / 2}] 1`,
).join("\n");

describe("a long script", () => {
  const limits = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("memscript.limits");
  // However slow the machine is, the script is run to its end.
  before(() => limits().update("typingTime", 60_000, vscode.ConfigurationTarget.Workspace));
  after(() => limits().update("typingTime", undefined, vscode.ConfigurationTarget.Workspace));

  it("is looked at where somebody is: highlights around the cursor, quick fixes of the line, colours everywhere", async () => {
    const document = await openScript(script);
    await diagnosticOf(document, "leak");
    const middle = lines / 2;
    const highlights = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      "vscode.executeDocumentHighlights",
      document.uri,
      new vscode.Position(middle, 0),
    );
    const highlighted = highlights.map(({ range }) => range.start.line);
    assert.deepEqual(
      [highlights.length, Math.min(...highlighted), Math.max(...highlighted)],
      [2000, middle - 1000, middle + 999],
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      new vscode.Range(0, 0, 0, 0),
      vscode.CodeActionKind.QuickFix.value,
    );
    const titles = actions.map(({ title }) => title);
    // Elements of `b` are one name, which is used on the last line for the last time.
    assert.ok(titles.includes(`Insert the missing 'free b[0]' in line ${lines + 1}`), titles.join("\n"));
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      "vscode.provideDocumentSemanticTokens",
      document.uri,
    );
    assert.equal(tokens.data.length, 5 * lines);
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      "vscode.executeFoldingRangeProvider",
      document.uri,
    );
    assert.deepEqual(folds, []);
  });

  it("is formatted around the line that was left, as within the whole", async () => {
    const document = await openScript(`repeat 2\n${script.replaceAll(" = ", "=")}\nend`);
    const typed = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      "vscode.executeFormatOnTypeProvider",
      document.uri,
      new vscode.Position(lines - 1, 0),
      "\n",
      { tabSize: 2, insertSpaces: true },
    );
    // The line is as it should be but for its depth: VS Code makes the change as small as it can be.
    assert.deepEqual(
      typed.map(({ range, newText }) => [range.start.line, range.start.character, newText]),
      [[lines - 2, 0, "  "]],
    );
  });
});
