import assert from "node:assert/strict";
import * as vscode from "vscode";
import { hoverAt, openScript, positionOf } from "./script";

const script = `# Two blocks
heap main 1MiB policy=best-fit
a = alloc 100
b = alloc 200 from=main
repeat 2 as i
  write a "Hello"
  read b 4
end
free a
free b
`;

describe("hovers", () => {
  it("explain a verb and an option", async () => {
    const document = await openScript(script);
    assert.match(await hoverAt(document, positionOf(document, "alloc 100", 1)), /SIZE/);
    assert.match(await hoverAt(document, positionOf(document, "policy", 1)), /policy=/);
  });

  it("explain a handle as of its line", async () => {
    const document = await openScript(script);
    const text = await hoverAt(document, positionOf(document, 'write a "Hello"', 6));
    assert.match(text, /0x10020/);
    assert.match(text, /100/);
    assert.match(text, /line 3/);
  });

  it("explain an address with its page and frame", async () => {
    const document = await openScript("vm page=4KiB frames=100\nmap 0 -> 10 rw\nmap 1 -> 20 rw\ntranslate 0x1004\n");
    const text = await hoverAt(document, positionOf(document, "0x1004", 3));
    assert.match(text, /0x14004/);
    assert.match(text, /page/i);
    assert.match(text, /frame/i);
  });

  it("tell what a defrag or coalesce changed, before and after, over the line that did it", async () => {
    const document = await openScript(
      "heap main 4KiB coalesce=never\na = alloc 64\nb = alloc 64\nc = alloc 64\nfree b\nfree c\ncoalesce\nd = alloc 8\nfree a\ndefrag\nfree d\n",
    );
    assert.match(
      await hoverAt(document, positionOf(document, "coalesce\n", 1)),
      /pairs of adjacent free blocks: \d+ bytes at/,
    );
    const text = await hoverAt(document, positionOf(document, "defrag", 1));
    assert.match(text, /`main`: 1 block moved \(8 bytes\); largest free block \d+ -> \d+ bytes, free blocks 2 -> 1/);
    assert.match(text, /`d` from 0x\w+ to 0x\w+/);
  });
});

describe("hovers over hostile text", () => {
  const text = "](command:workbench.action.quit) <img src=x> **b** | `c`";
  const names = ["__proto__", "constructor", "_a_b_", "__init__"];

  it("keep names and bytes of the script in code spans", async () => {
    const lines = names.flatMap((name) => [
      `${name} = alloc 100`,
      `write ${name} ${JSON.stringify(text.slice(0, 16))}`,
      `write ${name} + 16 ${JSON.stringify(text.slice(16))}`,
      `free ${name}`,
    ]);
    const document = await openScript(["vm demand=on", "heap __heap__ 64KiB", ...lines, ""].join("\n"));
    const places = names.flatMap((name) => [
      positionOf(document, `write ${name} "`, 6),
      positionOf(document, `write ${name} + 16`, 6),
      positionOf(document, `free ${name}`, 1),
    ]);
    for (const place of [...places, positionOf(document, "__heap__", 1)]) {
      const markdown = await hoverAt(document, place);
      assert.notEqual(markdown, "");
      const outside = markdown.replace(/```[^]*?```/g, "").replace(/`[^`\n]*`/g, "");
      for (const hostile of ["`", "](", "<", "**", ...names, "__heap__"]) {
        assert.ok(!outside.includes(hostile), `${hostile} in: ${markdown}`);
      }
    }
  });
});

describe("completion and signature help", () => {
  const labelsAt = async (document: vscode.TextDocument, position: vscode.Position): Promise<string[]> => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      position,
    );
    // The language's settings keep snippets that VS Code adds by itself out of the list.
    const own = list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Snippet);
    return own.map(({ label }) => (typeof label === "string" ? label : label.label));
  };

  it("explains the choices of an option, and marks the default", async () => {
    const document = await openScript("heap 64KiB coalesce=\n");
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      new vscode.Position(0, 20),
      undefined,
      10,
    );
    const told = list.items.map(({ label, documentation }) => {
      assert.ok(typeof label === "object" && documentation instanceof vscode.MarkdownString);
      return [label.label, label.detail, label.description, documentation.value];
    });
    assert.deepEqual(told, [
      ["immediate", " (default)", "At each free.", "At each free."],
      [
        "deferred",
        undefined,
        "When an allocation would fail, and on coalesce.",
        "When an allocation would fail, and on `coalesce`.",
      ],
      ["never", undefined, "On coalesce alone.", "On `coalesce` alone."],
      [
        "list-pass",
        undefined,
        "At each free, by one pass along the list in its order.",
        "At each free, by one pass along the list in its order.",
      ],
    ]);
  });

  it("offers verbs at the start of a line", async () => {
    const labels = await labelsAt(await openScript("\n"), new vscode.Position(0, 0));
    for (const verb of ["heap", "free", "vm", "map", "pool"]) assert.ok(labels.includes(verb), verb);
  });

  it("documents a verb that somebody looks at", async () => {
    const document = await openScript("\n");
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      new vscode.Position(0, 0),
      undefined,
      1000,
    );
    const heap = list.items.find(({ label, kind }) => {
      return typeof label === "object" && label.label === "heap" && kind === vscode.CompletionItemKind.Keyword;
    });
    assert.ok(heap?.documentation instanceof vscode.MarkdownString);
    assert.match(heap.documentation.value, /policy/);
  });

  it("puts first what most lines have, offers nothing that is written already and nothing where a name is new", async () => {
    const start = await labelsAt(await openScript("\n"), new vscode.Position(0, 0));
    assert.deepEqual(start.slice(0, 5), ["heap", "alloc", "free", "pool", "vm"]);
    const options = await labelsAt(await openScript("heap 4KiB \n"), new vscode.Position(0, 10));
    assert.equal(options[0], "policy=");
    const written = await labelsAt(await openScript("b = alloc 8\nfree b\n"), new vscode.Position(1, 6));
    assert.deepEqual(written, []);
    assert.deepEqual(await labelsAt(await openScript("pool p\n"), new vscode.Position(0, 6)), []);
  });

  it("offers the choices of an option and the handles of the script", async () => {
    const choices = await openScript("heap 1MiB policy=\n");
    assert.ok((await labelsAt(choices, new vscode.Position(0, 17))).includes("best-fit"));
    const handles = await openScript("first = alloc 8\nfree \n");
    assert.ok((await labelsAt(handles, new vscode.Position(1, 5))).includes("first"));
  });

  it("shows the signature of the statement being written", async () => {
    const document = await openScript("a = alloc \n");
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
      "vscode.executeSignatureHelpProvider",
      document.uri,
      new vscode.Position(0, 10),
    );
    assert.equal(help.signatures[0].label, "[h =] alloc [SIZE] …");
  });
});

describe("navigation", () => {
  it("goes from a use to the definition", async () => {
    const document = await openScript(script);
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      positionOf(document, "free b", 5),
    );
    assert.deepEqual(
      found.map(({ range }) => range.start.line),
      [3],
    );
  });

  it("finds all references", async () => {
    const document = await openScript(script);
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      "vscode.executeReferenceProvider",
      document.uri,
      positionOf(document, "a = alloc"),
    );
    assert.deepEqual(
      found.map(({ range }) => range.start.line),
      [2, 5, 8],
    );
  });

  it("renames a handle everywhere and refuses a verb as a name", async () => {
    const document = await openScript(script);
    const rename = (name: string): Thenable<vscode.WorkspaceEdit> =>
      vscode.commands.executeCommand(
        "vscode.executeDocumentRenameProvider",
        document.uri,
        positionOf(document, "a = alloc"),
        name,
      );
    await vscode.workspace.applyEdit(await rename("buffer"));
    assert.match(document.getText(), /buffer = alloc 100[^]*write buffer "Hello"[^]*free buffer/);
    await assert.rejects(async () => rename("free"));
  });

  it("outlines, highlights and folds", async () => {
    const document = await openScript(script);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    const shown = (symbol: vscode.DocumentSymbol): string => `${symbol.name} ${symbol.detail}`;
    assert.deepEqual(symbols.map(shown), ["main 1MiB best-fit", "i 2 ×"]);
    assert.deepEqual(symbols[0].children.map(shown), ["a 100 B", "b 200 B"]);
    const highlights = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      "vscode.executeDocumentHighlights",
      document.uri,
      positionOf(document, "free a", 5),
    );
    const { Read, Write } = vscode.DocumentHighlightKind;
    assert.deepEqual(
      highlights.map(({ kind, range }) => [range.start.line, kind === Write]),
      [
        [2, true],
        [5, true],
        [8, true],
      ],
    );
    const read = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      "vscode.executeDocumentHighlights",
      document.uri,
      positionOf(document, "read b", 5),
    );
    assert.equal(read.find(({ range }) => range.start.line === 6)?.kind, Read);
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      "vscode.executeFoldingRangeProvider",
      document.uri,
    );
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [[4, 6]],
    );
  });

  it("formats", async () => {
    const document = await openScript("repeat   2\na=alloc   8\nfree a\nend\n");
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      "vscode.executeFormatDocumentProvider",
      document.uri,
      { tabSize: 2, insertSpaces: true },
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), "repeat 2\n  a = alloc 8\n  free a\nend\n");
  });
});
