import assert from "node:assert/strict";
import * as vscode from "vscode";
import { BackgroundRuns } from "../../../src/editor/runs/BackgroundRuns";
import { SessionRuns } from "../../../src/editor/runs/SessionRuns";
import type { HistoryRoot } from "../../../src/editor/timeTravel/historyRoot";
import type { MemoryNode } from "../../../src/editor/timeTravel/MemoryNode";
import { TimeTravel } from "../../../src/editor/timeTravel/TimeTravel";
import type { TreeSource } from "../../../src/editor/timeTravel/LazyTree";
import { eventually, moveCursor, openScript } from "./script";

const script = `heap 1MiB
a = alloc 100
b = alloc 200
write a "one"
free b
write a "two"
a = realloc a 50000
free a
`;

const cursorLine = (): number => vscode.window.activeTextEditor!.selection.active.line + 1;

/** Runs a command until the script has run and the command has an answer. */
async function answerOf<Value>(command: string, ...args: unknown[]): Promise<Value> {
  return eventually(command, () => vscode.commands.executeCommand<Value | undefined>(command, ...args));
}

const kindsOf = ({ events }: HistoryRoot): string[] => events.map(({ event }) => event.kind);

describe("the history of a script's own run", () => {
  let document: vscode.TextDocument;

  before(async () => {
    // A session that another suite has left behind would be asked instead.
    await vscode.debug.stopDebugging();
    await eventually("the end of all sessions", () => vscode.debug.activeDebugSession === undefined || undefined);
  });

  beforeEach(async () => {
    document = await openScript(script);
    await moveCursor(document, "a = realloc");
  });

  it("tells the life of the block that the handle at the cursor leads to", async () => {
    await moveCursor(document, 'write a "one"', 6);
    const root = await answerOf<HistoryRoot>("memscript.showHistory");
    assert.match(root.title, /^a: 100 bytes of line 2$/i);
    const lines = root.events.map(({ event }) => `${event.kind} ${event.line + 1}`);
    for (const expected of ["allocation 2", "write 4", "write 6"]) assert.ok(lines.includes(expected), lines.join());
  });

  it("answers questions, and says what is wrong with those that are none", async () => {
    const root = await answerOf<HistoryRoot>("memscript.askHistory", "frees by=free");
    assert.deepEqual(kindsOf(root), ["free", "free"]);
    assert.equal(await vscode.commands.executeCommand("memscript.askHistory", "frees bye=free"), undefined);
  });

  it("travels to events, each time further, and to steps", async () => {
    assert.equal(await answerOf<number>("memscript.backToPreviousEvent", "writes"), 6);
    assert.equal(cursorLine(), 6);
    assert.equal(await vscode.commands.executeCommand("memscript.backToPreviousEvent", "writes"), 4);
    assert.equal(cursorLine(), 4);
    assert.equal(await vscode.commands.executeCommand("memscript.backToPreviousEvent", "writes"), undefined);
    assert.equal(cursorLine(), 4);
    assert.equal(await vscode.commands.executeCommand("memscript.runToNextEvent", "frees"), 5);
    assert.equal(await vscode.commands.executeCommand("memscript.backToAllocation", "b"), 3);
    assert.equal(await vscode.commands.executeCommand("memscript.forwardToFree", "b"), 5);
    assert.equal(await vscode.commands.executeCommand("memscript.goToStep", 2), 2);
    assert.equal(cursorLine(), 2);
    assert.equal(await vscode.commands.executeCommand("memscript.runToEnd"), 8);
    assert.equal(await vscode.commands.executeCommand("memscript.backToMove"), undefined);
    assert.equal(await vscode.commands.executeCommand("memscript.backToStart"), 0);
    assert.equal(cursorLine(), 1);
  });

  it("does not travel in a script that has changed since", async () => {
    const root = await answerOf<HistoryRoot>("memscript.askHistory", "frees");
    const { event } = root.events[0];
    const destination = {
      uri: root.uri,
      script: root.script,
      step: event.step,
      line: event.line,
      name: "",
      text: "",
    };
    await vscode.commands.executeCommand("memscript.travelToEvent", destination);
    assert.equal(cursorLine(), 5);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), "# first\n");
    await vscode.workspace.applyEdit(edit);
    await moveCursor(document, "a = alloc");
    await answerOf<HistoryRoot>("memscript.askHistory", "frees");
    await vscode.commands.executeCommand("memscript.travelToEvent", destination);
    assert.equal(cursorLine(), 3);
  });
});

describe("travelling while debugging", () => {
  afterEach(async () => {
    await vscode.debug.stopDebugging();
    await eventually("the session's end", () => (vscode.debug.activeDebugSession === undefined ? true : undefined));
  });

  it("moves the session, which tells of the event", async () => {
    const document = await openScript(script);
    const started = await vscode.debug.startDebugging(undefined, {
      type: "memscript",
      request: "launch",
      name: "test",
      program: document.uri.toString(),
    });
    assert.equal(started, true);
    await eventually("the first stop", () => vscode.debug.activeStackItem);
    assert.equal(await vscode.commands.executeCommand("memscript.runToNextEvent", "frees"), 5);
    const session = vscode.debug.activeDebugSession!;
    const { threads } = (await session.customRequest("threads")) as { threads: { id: number }[] };
    const line = async (): Promise<number> => {
      const trace = (await session.customRequest("stackTrace", { threadId: threads[0].id })) as {
        stackFrames: { line: number }[];
      };
      return trace.stackFrames[0].line;
    };
    assert.equal(await line(), 5);
    const root = await answerOf<HistoryRoot>("memscript.showHistory", "a");
    assert.ok(kindsOf(root).includes("resize") || kindsOf(root).includes("move"), kindsOf(root).join());
    assert.equal(await vscode.commands.executeCommand("memscript.backToWrite", "a"), 4);
    assert.equal(await line(), 4);
    assert.equal(await vscode.commands.executeCommand("memscript.goToStep", 7), 7);
    assert.equal(await line(), 8);
    assert.equal(await vscode.commands.executeCommand("memscript.runToEnd"), 8);
    assert.equal(await vscode.commands.executeCommand("memscript.backToStart"), 0);
    assert.equal(await line(), 1);
  });
});

describe("the trees", () => {
  let runs: BackgroundRuns;
  let live: SessionRuns;
  let time: TimeTravel;
  let changes = 0;

  before(() => {
    runs = new BackgroundRuns();
    live = new SessionRuns();
    // As with the Memory Inspector closed.
    const inspector = { moment: () => undefined, travelTo: () => undefined };
    const memento: vscode.Memento = {
      keys: () => [],
      get: <Value>(_: string, none?: Value) => none,
      update: () => Promise.resolve(),
    };
    const tell = (): void => void (changes += 1);
    time = new TimeTravel(runs, live, inspector, memento, { historyChanged: tell, momentChanged: tell });
  });
  after(() => {
    runs.dispose();
    live.dispose();
  });

  const open = async (text: string, cursor: string): Promise<void> => {
    const document = await openScript(text);
    await moveCursor(document, cursor);
    await runs.settled(document);
  };

  /** All nodes down to a depth, each once. */
  function itemsOf<Node>(source: TreeSource<Node>, depth: number, node?: Node): vscode.TreeItem[] {
    if (depth === 0) return [];
    return source
      .getChildren(node)
      .flatMap((child) => [source.getTreeItem(child), ...itemsOf(source, depth - 1, child)]);
  }

  const childNamed = (name: string, node?: MemoryNode): MemoryNode => {
    const found = time.memory.getChildren(node).find(({ shown }) => shown.name === name);
    assert.ok(found, `no ${name}`);
    return found;
  };

  it("show memory at the cursor: handles, heaps with their blocks, free lists", async () => {
    await open(script, "free b");
    assert.deepEqual(
      time.memory.getChildren().map(({ shown }) => shown.name),
      ["Handles", "Heap", "Free list"],
    );
    const heap = childNamed("heap", childNamed("Heap"));
    const blocks = time.memory.getChildren(heap).filter(({ isBlock }) => isBlock);
    assert.deepEqual(
      blocks.map(({ shown }) => shown.type),
      ["used block", "free block"],
    );
    const item = time.memory.getTreeItem(blocks[0]);
    assert.equal(item.contextValue, "block address history");
    assert.match(item.accessibilityInformation!.label, /used block, 0x10000 used .*a of line 2/);
  });

  it("show ranges of many blocks, every node with its own id and a label", async () => {
    await open(
      'heap 1MiB\nvm frames=8 replacement=lru\nrepeat 250 as i\n  x[i] = alloc 16\nend\nreference "1 2 3"\n',
      "reference",
    );
    const heap = childNamed("heap", childNamed("Heap"));
    const names = time.memory.getChildren(heap).map(({ shown }) => shown.name);
    assert.ok(names.includes("[200..251]"), names.join());
    const items = itemsOf(time.memory, 4);
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    for (const { accessibilityInformation } of items) assert.notEqual(accessibilityInformation?.label ?? "", "");
    const pages = time.memory.getChildren(childNamed("Pages")).filter(({ shown }) => shown.type === "page");
    assert.deepEqual(
      pages.map(({ shown }) => shown.name),
      ["[1]", "[2]", "[3]"],
    );
  });

  it("show the history, the latest question first, with events that travel", async () => {
    await open(script, "free a");
    await time.commands.askHistory("moves");
    await time.commands.askHistory("writes a");
    await time.commands.askHistory("moves");
    const [moves, writes, ...others] = time.history.getChildren();
    assert.deepEqual(others, []);
    assert.equal(time.history.getTreeItem(moves).label, "moves");
    const items = time.history.getChildren(writes).map((node) => time.history.getTreeItem(node));
    assert.deepEqual(
      items.map(({ label }) => label),
      ["line 4: write", "line 6: write"],
    );
    assert.match(String(items[0].description), /^step 4: 3 bytes written at /);
    for (const whole of [items[0].tooltip as string, items[0].accessibilityInformation!.label]) {
      assert.match(whole, /^step 4, line 4: 3 bytes written at /);
    }
    const before = changes;
    await time.commands.travelToEvent(items[0].command!.arguments![0]);
    assert.ok(before < changes);
    assert.equal(cursorLine(), 4);
    const handles = childNamed("Handles");
    assert.equal(time.memory.getChildren(handles).length, 2);
    await time.commands.copyHistory(writes);
    assert.match(await vscode.env.clipboard.readText(), /^writes a \(2 events\)\n {2}step 4, line 4: /);
    await time.commands.clearHistory(undefined);
    assert.deepEqual(time.history.getChildren(), []);
  });

  it("tell the history of a node, of blocks, pages and addresses alike", async () => {
    await open('vm frames=2 replacement=fifo\nreference "1"\nreference "2"\nreference "3"\n', 'reference "1"');
    const page = childNamed("[1]", childNamed("Pages"));
    const root = (await time.commands.showHistory(page)) as HistoryRoot;
    assert.match(root.title, /^Page 1/);
    assert.ok(kindsOf(root).includes("fault") && kindsOf(root).includes("eviction"), kindsOf(root).join());
    await time.commands.copyAddress(page);
    assert.equal(await vscode.env.clipboard.readText(), "0x1000");
  });
});
