import assert from "node:assert/strict";
import * as vscode from "vscode";
import { BackgroundRuns } from "../../../src/editor/runs/BackgroundRuns";
import type { RunWork } from "../../../src/editor/runs/IncrementalRun";
import { followEdits } from "../../../src/editor/language/programs";
import { codeOf, diagnosticOf, eventually, isWebHost, openScript } from "./script";

async function insert(document: vscode.TextDocument, line: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(line, 0), text);
  await vscode.workspace.applyEdit(edit);
}

describe("problems while typing", () => {
  it("underlines a leak at the line that allocates, with code, link and related lines", async () => {
    const document = await openScript("heap 1MiB\na = alloc 100\na = alloc 50\nfree a\n");
    const leak = await diagnosticOf(document, "leak");
    assert.equal(leak.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(leak.range.start.line, 1);
    assert.equal(leak.source, "MemScript");
    assert.ok(typeof leak.code === "object" && leak.code.target.path.endsWith("/media/problems.md"));
    assert.ok(leak.relatedInformation!.length > 0, "no related line");
  });

  it("points from a double free to the first free", async () => {
    const document = await openScript("a = alloc 100\nfree a\nfree a\n");
    const found = await diagnosticOf(document, "double-free");
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(found.range.start.line, 2);
    const lines = found.relatedInformation!.map(({ location }) => location.range.start.line);
    assert.ok(lines.includes(1), `related lines: ${lines.join()}`);
  });

  it("follows edits", async () => {
    const document = await openScript("a = alloc 100\n");
    await diagnosticOf(document, "leak");
    await insert(document, 1, "free a\n");
    await eventually("the leak's end", () =>
      vscode.languages.getDiagnostics(document.uri).length === 0 ? true : undefined,
    );
  });

  it("says where a run while typing was cut off, and by which setting", async () => {
    const document = await openScript("repeat 100000000\n  stats\nend\n");
    const cut = await diagnosticOf(document, "limit-exceeded");
    assert.match(cut.message, /memscript\.limits\.typing(Steps|Time)/);
  });

  it("keeps the host responsive during a long run", async () => {
    await openScript("repeat 100000000\n  stats\nend\n");
    let turns = 0;
    for (const end = Date.now() + 1500; Date.now() < end; turns++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // A run in one stretch, or in a few, would leave a turn or two.
    assert.ok(turns > 5, `${turns} turns for other work`);
  });

  it("finds a mistake that somebody types into a very long script", async () => {
    const lines = Array.from(
      { length: isWebHost ? 10_000 : 50_000 },
      (_, index) => `b[${index}] = alloc 16\nfree b[${index}]\n`,
    );
    const document = await openScript(`heap 64MiB\n${lines.join("")}`);
    for (let key = 0; key < 12; key++) {
      await insert(document, 1, "# typed\n");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await insert(document, 1, "lost = alloc 8\nlost = 0\n");
    await diagnosticOf(document, "leak");
  });

  it("runs only the rest again after an edit in the middle, and not at a stretch", async () => {
    const configuration = vscode.workspace.getConfiguration("memscript");
    // However slow the machine is, the script is run to its end.
    await configuration.update("limits.typingTime", 60_000, vscode.ConfigurationTarget.Workspace);
    const following = followEdits();
    const runs = new BackgroundRuns();
    try {
      const lines = Array.from({ length: 5000 }, (_, index) => `b[${index}] = alloc 16\nfree b[${index}]\n`);
      const document = await openScript(`heap 64MiB\n${lines.join("")}`);
      const settled = async (): Promise<RunWork> => (await runs.settled(document))!.work;
      const { lines: parsed, steps: executed, pauses } = await settled();
      assert.ok(parsed > 10_000 && executed > 10_000 && pauses >= 2, `${parsed} ${executed} ${pauses}`);
      for (const text of ["# typed\n", "\n", "x = no\n", "expect used == 16\n"]) {
        await insert(document, 5001, text);
        const work = await settled();
        assert.ok(work.lines <= 3, `${text}: ${work.lines} lines parsed`);
        assert.ok(work.steps <= 5500, `${text}: ${work.steps} steps executed`);
      }
    } finally {
      following.dispose();
      runs.dispose();
      await configuration.update("limits.typingTime", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it("has one notice for a file that is no text", async () => {
    // VS Code itself opens no such file; a file system without its check, or a paste, does.
    const content = "\u007fELF\0\0\0\u0001".repeat(200);
    const document = await vscode.workspace.openTextDocument({ language: "memscript", content });
    await vscode.window.showTextDocument(document);
    const [first, ...others] = await eventually("the notice", () => {
      const shown = vscode.languages.getDiagnostics(document.uri);
      return shown.length === 0 ? undefined : shown;
    });
    assert.equal(others.length, 0);
    assert.equal(codeOf(first), "limit-exceeded");
  });

  it("shows nothing when it is switched off", async () => {
    const configuration = vscode.workspace.getConfiguration("memscript");
    const document = await openScript("a = alloc 100\n");
    await diagnosticOf(document, "leak");
    await configuration.update("diagnostics.enabled", false, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually("the end of all problems", () =>
        vscode.languages.getDiagnostics(document.uri).length === 0 ? true : undefined,
      );
    } finally {
      await configuration.update("diagnostics.enabled", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});

describe("quick fixes", () => {
  const cases = [
    { id: "leak", text: "a = alloc 100\nstats\n", fixed: "a = alloc 100\nfree a\nstats\n" },
    { id: "double-free", text: "a = alloc 100\nfree a\nfree a\n", fixed: "a = alloc 100\nfree a\n" },
    { id: "unknown-verb", text: "a = aloc 100\nfree a\n", fixed: "a = alloc 100\nfree a\n" },
  ];
  for (const { id, text, fixed } of cases) {
    it(`mends ${id}`, async () => {
      const document = await openScript(text);
      const diagnostic = await diagnosticOf(document, id);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        diagnostic.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const action = actions.find(({ edit }) => edit !== undefined);
      assert.ok(action, "no quick fix");
      await vscode.workspace.applyEdit(action.edit!);
      assert.equal(document.getText(), fixed);
    });
  }

  it("says what a fix deletes", async () => {
    const document = await openScript("a = alloc 8\nfree a\nfree a  # again\n");
    const { range } = await diagnosticOf(document, "double-free");
    const kind = vscode.CodeActionKind.QuickFix.value;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      range,
      kind,
    );
    assert.ok(actions.some(({ title }) => title === "Delete 'free a' in line 3"));
  });
});
