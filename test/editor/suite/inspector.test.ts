import assert from "node:assert/strict";
import * as vscode from "vscode";
import { DocumentRuns } from "../../../src/editor/documentRuns";
import { LiveRuns } from "../../../src/editor/liveRuns";
import { ComparedMemory } from "../../../src/editor/panel/compared";
import { InspectorPanel } from "../../../src/editor/panel/InspectorPanel";
import { Subject } from "../../../src/editor/panel/subject";
import { eventually, openScript } from "./script";

const rounds = 50;

/** The same event, with a count of who listens. */
function counted<Value>(event: vscode.Event<Value>, count: { now: number; most: number }): vscode.Event<Value> {
  return (listener, thisArgument, disposables) => {
    count.now += 1;
    count.most = Math.max(count.most, count.now);
    const inner = event(listener, thisArgument);
    let isOpen = true;
    const subscription = new vscode.Disposable(() => {
      if (isOpen) count.now -= 1;
      isOpen = false;
      inner.dispose();
    });
    disposables?.push(subscription);
    return subscription;
  };
}

const emptyMemento: vscode.Memento = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };

describe("the Memory Inspector", function () {
  this.timeout(90_000);

  it("brings the line of a selection into view and leaves the cursor alone", async () => {
    const last = 300;
    const document = await openScript(Array.from({ length: last + 1 }, (_, at) => `h${at} = alloc 8`).join("\n"));
    const editor = vscode.window.activeTextEditor!;
    const sees = (line: number): true | undefined =>
      editor.visibleRanges.some((range) => range.start.line <= line && line <= range.end.line) ? true : undefined;
    const runs = new DocumentRuns();
    const live = new LiveRuns();
    const subject = new Subject(runs, live);
    await eventually("the first lines", () => sees(0));
    assert.equal(sees(last), undefined);
    subject.markLine(last);
    await eventually("the selected line", () => sees(last));
    subject.markLine(null);
    subject.markLine(1);
    await eventually("the other selected line", () => sees(1));
    assert.equal(editor.selection.active.line, 0);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    subject.dispose();
    live.dispose();
    runs.dispose();
  });

  it(`leaves no listener behind when it is opened and closed ${rounds} times`, async () => {
    await openScript("a = alloc 100\nfree a\n");
    const count = { now: 0, most: 0 };
    const compared = new ComparedMemory(emptyMemento);
    const runs = new DocumentRuns();
    const live = new LiveRuns();
    // The real objects, whose events tell how many listen.
    const countedRuns = Object.create(runs, {
      onDidRun: { value: counted(runs.onDidRun, count) },
      onDidClose: { value: counted(runs.onDidClose, count) },
    }) as DocumentRuns;
    const countedLive = Object.create(live, { onDidChange: { value: counted(live.onDidChange, count) } }) as LiveRuns;
    const { extensionUri } = vscode.extensions.getExtension("memscript.memscript")!;
    for (let round = 0; round < rounds; round++) {
      const panel = vscode.window.createWebviewPanel("memscript.test", "Memory Inspector", vscode.ViewColumn.Beside);
      const subject = new Subject(countedRuns, countedLive);
      const inspector = new InspectorPanel(panel, extensionUri, subject, compared);
      panel.onDidDispose(() => subject.dispose());
      assert.equal(count.now, 3);
      panel.dispose();
      inspector.dispose();
      await eventually("the end of all listening", () => (count.now === 0 ? true : undefined));
    }
    assert.equal(count.most, 3);
    live.dispose();
    runs.dispose();
  });

  it(`opens by its command and closes by its tab ${rounds} times`, async () => {
    const tabs = (): vscode.Tab[] =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter(
          ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes("memscript.inspector"),
        );
    await openScript("a = alloc 100\nfree a\n");
    await vscode.window.tabGroups.close(tabs());
    for (let round = 0; round < rounds; round++) {
      await vscode.commands.executeCommand("memscript.openInspector");
      await eventually("the panel", () => (tabs().length === 1 ? true : undefined));
      await vscode.window.tabGroups.close(tabs());
      await eventually("the panel's end", () => (tabs().length === 0 ? true : undefined));
    }
  });
});
