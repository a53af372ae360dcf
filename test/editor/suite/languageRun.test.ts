import assert from "node:assert/strict";
import * as vscode from "vscode";
import { TraceDropProvider } from "../../../src/editor/language/drop";
import { diagnosticOf, eventually, moveCursor, openScript, positionOf } from "./script";

const script = `# region blocks
heap main 64KiB
a = alloc 100
b = alloc 200
write a "Hello"
free a
# endregion
repeat 2 as i
  c = alloc 8
  free c
end
`;

const execute = <Result>(command: string, ...parameters: unknown[]): Thenable<Result> =>
  vscode.commands.executeCommand<Result>(command, ...parameters);

describe("language features that come from the run", () => {
  it("colour handles by what they are at their line", async () => {
    const document = await openScript(script);
    const legend = await execute<vscode.SemanticTokensLegend>(
      "vscode.provideDocumentSemanticTokensLegend",
      document.uri,
    );
    const tokens = await execute<vscode.SemanticTokens>("vscode.provideDocumentSemanticTokens", document.uri);
    const found: string[] = [];
    let line = 0;
    for (let index = 0; index < tokens.data.length; index += 5) {
      line += tokens.data[index];
      const modifiers = legend.tokenModifiers.filter((_, bit) => (tokens.data[index + 4] >> bit) & 1);
      found.push(`${line}:${modifiers.join()}`);
    }
    assert.deepEqual(found, ["2:live", "3:leaked", "4:live", "5:freed", "8:live", "9:freed"]);
  });

  it("offer live handles only where a live block is needed", async () => {
    const document = await openScript("a = alloc 8\nb = alloc 8\nfree a\nfree b\nlate = alloc 8\n");
    await eventually("the run", async () => {
      const list = await execute<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        new vscode.Position(3, 5),
      );
      const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
      return labels.includes("b") && !labels.includes("a") && !labels.includes("late") ? true : undefined;
    });
  });

  it("offer the free frames and pages as of the line", async () => {
    const text = "vm frames=4\nmap 0 -> 1\nmap 2 -> 0\nmap 1 -> \nmap 5 -> 2\n";
    const document = await openScript(`${text}b = alloc 8\nfree b\nmap 6 -> \n`);
    const offeredAt = async (line: number, character: number): Promise<vscode.CompletionItem[]> => {
      const list = await execute<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        new vscode.Position(line, character),
      );
      return list.items;
    };
    const numbersAt = async (character: number): Promise<string[]> => {
      const items = await offeredAt(3, character);
      const values = items.filter(({ kind }) => kind === vscode.CompletionItemKind.Value);
      return values.map(({ label }) => (typeof label === "string" ? label : label.label));
    };
    await eventually("the run", async () => {
      const frames = await numbersAt("map 1 -> ".length);
      return frames.join() === "2,3" ? true : undefined;
    });
    assert.deepEqual(await numbersAt("map ".length), ["1", "3", "4", "5", "6"]);
    // A block is no frame.
    const kinds = (await offeredAt(7, "map 6 -> ".length)).map(({ kind }) => kind);
    assert.ok(kinds.length > 0 && !kinds.includes(vscode.CompletionItemKind.Variable), kinds.join());
  });

  it("show addresses behind allocations", async () => {
    const document = await openScript(script);
    const hints = await execute<vscode.InlayHint[]>(
      "vscode.executeInlayHintProvider",
      document.uri,
      new vscode.Range(0, 0, document.lineCount - 1, 0),
    );
    assert.deepEqual(
      hints.map(({ position }) => position.line),
      [2, 3, 8],
    );
    const { label } = hints[0];
    assert.match(typeof label === "string" ? label : label[0].value, /^0x[0-9a-f]+$/);
  });

  it("put lenses above the script and its declarations", async () => {
    const document = await openScript(script);
    const lenses = await execute<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 20);
    assert.deepEqual(
      lenses.map(({ range, command }) => `${range.start.line} ${command?.title}`).sort(),
      ["0 1 problem", "0 Compare Policies", "0 Debug", "0 Run", "1 Compare Policies", "1 Open Memory Inspector"].sort(),
    );
  });

  it("free every leaked block at once", async () => {
    const document = await openScript("a = alloc 8\nb = alloc 16\nwrite b 1\n");
    await diagnosticOf(document, "leak");
    const actions = await execute<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      new vscode.Range(0, 0, 0, 0),
      "source.fixAll.memscript",
      1,
    );
    const fix = actions.find(({ kind }) => kind?.value === "source.fixAll.memscript");
    assert.ok(fix?.edit !== undefined);
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), "a = alloc 8\nfree a\nb = alloc 16\nwrite b 1\nfree b\n");
  });

  it("explain the line under the cursor as text", async () => {
    const document = await openScript(script);
    await moveCursor(document, "free a");
    const text = await execute<string>("memscript.explainLine");
    assert.match(text, /line 6: free a\n\nStep \d+: /);
    assert.match(text, /handle a: 0x[0-9a-f]+, live -> 0x[0-9a-f]+, freed/);
  });
});

describe("shapes of a script", () => {
  it("fold regions and loops", async () => {
    const document = await openScript(script);
    const folds = await execute<vscode.FoldingRange[]>("vscode.executeFoldingRangeProvider", document.uri);
    assert.deepEqual(folds.map(({ start, end }) => `${start}-${end}`).sort(), ["0-6", "7-9"]);
  });

  it("grow a selection", async () => {
    const document = await openScript(script);
    const [innermost] = await execute<vscode.SelectionRange[]>("vscode.executeSelectionRangeProvider", document.uri, [
      positionOf(document, "100", 1),
    ]);
    const texts: string[] = [];
    for (let step: vscode.SelectionRange | undefined = innermost; step !== undefined; step = step.parent) {
      texts.push(document.getText(step.range));
    }
    assert.ok(texts.includes("100") && texts.includes("a = alloc 100"));
    assert.ok(texts.at(-1)?.startsWith("# region"));
  });

  it("turn a dropped trace into statements, without tearing the line it is dropped on", async () => {
    let document = await openScript("stats\ncheck\n");
    const folder = vscode.workspace.workspaceFolders![0].uri;
    const drop = async (name: string, text: string, character: number): Promise<string | undefined> => {
      const uri = vscode.Uri.joinPath(folder, name);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      const transfer = new vscode.DataTransfer();
      transfer.set("text/uri-list", new vscode.DataTransferItem(uri.toString()));
      const { token } = new vscode.CancellationTokenSource();
      const provider = new TraceDropProvider();
      const place = new vscode.Position(0, character);
      const edit = await provider.provideDocumentDropEdits(document, place, transfer, token);
      if (edit === undefined) return undefined;
      assert.equal(edit.insertText, "");
      await vscode.workspace.applyEdit(edit.additionalEdit!);
      const dropped = document.getText();
      await vscode.commands.executeCommand("undo");
      return dropped;
    };
    const trace = "= Start\n@ a:[0x1] + 0x1000 0x20\n@ a:[0x1] - 0x1000\n= End\n";
    const lines = "# Recorded[^]*\nb\\[0\\] = alloc 32  # @ a:\\[0x1\\]\nfree b\\[0\\]\n";
    assert.match((await drop("dropped.mtrace", trace, 0)) ?? "", new RegExp(`^${lines}stats\ncheck\n$`));
    assert.match((await drop("dropped.mtrace", trace, 3)) ?? "", new RegExp(`^stats\n${lines}check\n$`));
    assert.equal(await drop("notes.txt", "text", 0), undefined);
    // A second heap of the same name would be refused.
    document = await openScript("heap 1MiB\n");
    const served = (await drop("dropped.mtrace", trace, 9)) ?? "";
    assert.match(
      served,
      /^heap 1MiB\n# Recorded[^]*\n# Needs a heap such as `heap 64KiB grow=64KiB`; here `heap` serves\.\n/,
    );
  });

  it("link expected problems to their page", async () => {
    const document = await openScript("a = alloc 8\nfree a\nexpect problem double-free\nfree a\n");
    const links = await execute<vscode.DocumentLink[]>("vscode.executeLinkProvider", document.uri);
    const own = links.find(({ range }) => range.start.line === 2);
    assert.match(String(own?.target), /problems\.md#double-free$/);
  });

  it("format the selected lines, and the line that was left", async () => {
    const document = await openScript("a=alloc 8\nfree   a\nrepeat 2\n  stats\n  end\n");
    const options = { tabSize: 2, insertSpaces: true };
    const selected = await execute<vscode.TextEdit[]>(
      "vscode.executeFormatRangeProvider",
      document.uri,
      new vscode.Range(1, 0, 1, 8),
      options,
    );
    assert.deepEqual(
      selected.map(({ range }) => range.start.line),
      [1],
    );
    const typed = await execute<vscode.TextEdit[]>(
      "vscode.executeFormatOnTypeProvider",
      document.uri,
      new vscode.Position(4, 5),
      "d",
      options,
    );
    assert.deepEqual(
      typed.map(({ range }) => range.start.line),
      [4],
    );
  });
});
