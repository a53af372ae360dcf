import assert from "node:assert/strict";
import * as vscode from "vscode";
import { BackgroundRuns } from "../../../src/editor/runs/BackgroundRuns";
import { viewIds } from "../../../src/editor/host/ids";
import { SessionRuns } from "../../../src/editor/runs/SessionRuns";
import { ComparedMemory } from "../../../src/editor/panel/compared";
import { InspectorFrames } from "../../../src/editor/panel/InspectorFrames";
import { ShownRun } from "../../../src/editor/panel/ShownRun";
import { eventually, isWebHost, openScript } from "./script";

const rounds = isWebHost ? 10 : 50;

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

/** Places of the inspector with a count of who listens to the runs that they show. */
function countedPlaces(): { places: InspectorFrames; count: { now: number; most: number }; dispose: () => void } {
  const count = { now: 0, most: 0 };
  const runs = new BackgroundRuns();
  const live = new SessionRuns();
  // The real objects, whose events tell how many listen.
  const countedRuns = Object.create(runs, {
    onDidRun: { value: counted(runs.onDidRun, count) },
    onDidClose: { value: counted(runs.onDidClose, count) },
  }) as BackgroundRuns;
  const countedLive = Object.create(live, { onDidChange: { value: counted(live.onDidChange, count) } }) as SessionRuns;
  const { extensionUri } = vscode.extensions.getExtension("memscript.memscript")!;
  const makeSubject = (): ShownRun => new ShownRun(countedRuns, countedLive);
  const places = new InspectorFrames(extensionUri, makeSubject, new ComparedMemory(emptyMemento));
  const dispose = (): void => {
    live.dispose();
    runs.dispose();
  };
  return { places, count, dispose };
}

const openPanel = (): vscode.WebviewPanel =>
  vscode.window.createWebviewPanel("memscript.test", "Memory Inspector", vscode.ViewColumn.Beside);

const emptyMemento: vscode.Memento = { keys: () => [], get: () => undefined, update: () => Promise.resolve() };

describe("the Memory Inspector", () => {
  it("brings the line of a selection into view and leaves the cursor alone", async () => {
    const last = 300;
    const document = await openScript(Array.from({ length: last + 1 }, (_, at) => `h${at} = alloc 8`).join("\n"));
    const editor = vscode.window.activeTextEditor!;
    const sees = (line: number): true | undefined =>
      editor.visibleRanges.some((range) => range.start.line <= line && line <= range.end.line) ? true : undefined;
    const runs = new BackgroundRuns();
    const live = new SessionRuns();
    const subject = new ShownRun(runs, live);
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
    const { places, count, dispose } = countedPlaces();
    for (let round = 0; round < rounds; round++) {
      const panel = openPanel();
      places.add(panel, "editor");
      assert.equal(count.now, 3);
      panel.dispose();
      await eventually("the end of all listening", () => (count.now === 0 ? true : undefined));
    }
    assert.equal(count.most, 3);
    dispose();
  });

  it("shows one step in all its places, for as long as there is one", async () => {
    const document = await openScript("a = alloc 100\nb = alloc 50\nfree a\n");
    const { places, count, dispose } = countedPlaces();
    const [beside, aside] = [openPanel(), openPanel()];
    const { subject } = places.add(beside, "editor");
    assert.equal(places.add(aside, "sideBar").subject, subject);
    assert.equal(count.now, 3, "two places listen as one does");
    await eventually("a run", () => subject.moment());
    subject.travelTo(document, 2, 1);
    assert.equal(places.subject?.moment()?.position, 2);
    assert.equal(places.focus({ kind: "line", line: 0 }), true);
    beside.dispose();
    await eventually("the other panel alone", () => (aside.visible ? true : undefined));
    assert.equal(places.subject, subject);
    assert.equal(subject.moment()?.position, 2);
    aside.dispose();
    await eventually("the end of all listening", () => (count.now === 0 ? true : undefined));
    assert.equal(places.subject, undefined);
    assert.equal(places.focus({ kind: "line", line: 0 }), false);
    dispose();
  });

  it("has a view in the side bar with a command that shows it", async () => {
    await openScript("a = alloc 100\nfree a\n");
    const taken = (): vscode.Disposable =>
      vscode.window.registerWebviewViewProvider(viewIds.inspector, { resolveWebviewView: () => undefined });
    assert.throws(taken, /already registered/);
    await vscode.commands.executeCommand("memscript.showInspectorView");
  });

  it("opens by its command and closes by its tab, again and again", async () => {
    const tabs = (): vscode.Tab[] =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter(
          ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes("memscript.inspector"),
        );
    await openScript("a = alloc 100\nfree a\n");
    await vscode.window.tabGroups.close(tabs());
    for (let round = 0; round < 8; round++) {
      await vscode.commands.executeCommand("memscript.openInspector");
      await eventually("the panel", () => (tabs().length === 1 ? true : undefined));
      await vscode.window.tabGroups.close(tabs());
      await eventually("the panel's end", () => (tabs().length === 0 ? true : undefined));
    }
  });
});
