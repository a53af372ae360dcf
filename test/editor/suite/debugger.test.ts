import assert from "node:assert/strict";
import { gzipSync } from "fflate";
import type { DebugProtocol } from "@vscode/debugprotocol";
import * as vscode from "vscode";
import { eventually, openScript } from "./script";

const script = `heap 1MiB
a = alloc 100
b = alloc 200
write a "Hello"
free a
free a
free b
`;

/** One debug session with the messages that VS Code received from it. */
class Observed implements vscode.Disposable {
  readonly stops: DebugProtocol.StoppedEvent["body"][] = [];
  private readonly tracker: vscode.Disposable;

  constructor() {
    this.tracker = vscode.debug.registerDebugAdapterTrackerFactory("memscript", {
      createDebugAdapterTracker: () => ({
        onDidSendMessage: (message: DebugProtocol.ProtocolMessage) => {
          if (message.type !== "event") return;
          const event = message as DebugProtocol.Event;
          if (event.event === "stopped") this.stops.push((event as DebugProtocol.StoppedEvent).body);
        },
      }),
    });
  }

  get session(): vscode.DebugSession {
    assert.ok(vscode.debug.activeDebugSession, "no session");
    return vscode.debug.activeDebugSession;
  }

  /** Waits for the n-th stop (from 1) and returns the 1-based line where the session stands. */
  async lineOfStop(count: number): Promise<number> {
    await eventually(`stop ${count}`, () => (this.stops.length < count ? undefined : true));
    const threads = (await this.session.customRequest("threads")) as DebugProtocol.ThreadsResponse["body"];
    const threadId = threads.threads[0].id;
    const trace = (await this.session.customRequest("stackTrace", {
      threadId,
    })) as DebugProtocol.StackTraceResponse["body"];
    return trace.stackFrames[0].line;
  }

  async evaluate(expression: string): Promise<string> {
    const answer = (await this.session.customRequest("evaluate", { expression, context: "watch" })) as {
      result: string;
    };
    return answer.result;
  }

  dispose(): void {
    this.tracker.dispose();
  }
}

describe("the debugger", () => {
  let observed: Observed;

  beforeEach(() => {
    observed = new Observed();
  });

  afterEach(async () => {
    observed.dispose();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    if (vscode.debug.activeDebugSession === undefined) return;
    await vscode.debug.stopDebugging();
    await eventually("the session's end", () => (vscode.debug.activeDebugSession === undefined ? true : undefined));
  });

  const start = async (document: vscode.TextDocument, more: Record<string, unknown> = {}): Promise<void> => {
    const started = await vscode.debug.startDebugging(vscode.workspace.workspaceFolders![0], {
      type: "memscript",
      request: "launch",
      name: "test",
      program: document.uri.toString(),
      ...more,
    });
    assert.equal(started, true);
  };

  it("stops at a breakpoint, steps, steps back and goes back to the breakpoint", async () => {
    const document = await openScript(script);
    const location = new vscode.Location(document.uri, new vscode.Position(3, 0));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
    await start(document, { stopOnEntry: false });
    assert.equal(await observed.lineOfStop(1), 4);
    assert.equal(observed.stops[0].reason, "breakpoint");
    await vscode.commands.executeCommand("workbench.action.debug.stepOver");
    assert.equal(await observed.lineOfStop(2), 5);
    await vscode.commands.executeCommand("workbench.action.debug.stepBack");
    assert.equal(await observed.lineOfStop(3), 4);
    await vscode.commands.executeCommand("workbench.action.debug.stepBack");
    assert.equal(await observed.lineOfStop(4), 3);
  });

  it("evaluates handles and reads their memory as of the stop", async () => {
    const document = await openScript(script);
    const location = new vscode.Location(document.uri, new vscode.Position(4, 0));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
    await start(document, { stopOnEntry: false });
    assert.equal(await observed.lineOfStop(1), 5);
    assert.match(await observed.evaluate("a"), /0x10020/);
    assert.equal(await observed.evaluate("sizeof(a) + 1"), "101");
    const memory = (await observed.session.customRequest("readMemory", {
      memoryReference: "0x10020",
      count: 5,
    })) as { address: string; data: string };
    assert.equal(atob(memory.data), "Hello");
  });

  it("shows numbers in hexadecimal after Toggle Hexadecimal, and in decimal after the next", async () => {
    const document = await openScript(script);
    const location = new vscode.Location(document.uri, new vscode.Position(2, 0));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(location)]);
    await start(document, { stopOnEntry: false });
    await observed.lineOfStop(1);
    for (const [isHex, used] of [
      [true, "0x64"],
      [false, "100"],
    ]) {
      assert.equal(await vscode.commands.executeCommand("memscript.toggleHexadecimal"), isHex);
      assert.equal(await observed.evaluate("used"), used);
    }
  });

  it("stops at a problem when its exception filter is on", async () => {
    const document = await openScript(script);
    await start(document, { stopOnEntry: true });
    assert.equal(await observed.lineOfStop(1), 1);
    await observed.session.customRequest("setExceptionBreakpoints", { filters: ["double-free"] });
    await vscode.commands.executeCommand("workbench.action.debug.continue");
    await observed.lineOfStop(2);
    assert.equal(observed.stops[1].reason, "exception");
    const info = (await observed.session.customRequest("exceptionInfo", {
      threadId: observed.stops[1].threadId,
    })) as DebugProtocol.ExceptionInfoResponse["body"];
    assert.equal(info.exceptionId, "double-free");
  });

  it("starts on the first line by Step Line when nothing is being debugged, and steps both ways", async () => {
    await openScript(script);
    await vscode.commands.executeCommand("memscript.stepLine");
    assert.equal(await observed.lineOfStop(1), 1);
    await vscode.commands.executeCommand("memscript.stepLine");
    assert.equal(await observed.lineOfStop(2), 2);
    await vscode.commands.executeCommand("memscript.stepBack");
    assert.equal(await observed.lineOfStop(3), 1);
  });

  it("runs a file without stopping", async () => {
    await openScript("a = alloc 8\nfree a\n");
    let ended = false;
    const listener = vscode.debug.onDidTerminateDebugSession(() => (ended = true));
    await vscode.commands.executeCommand("memscript.runFile");
    await eventually("the run's end", () => (ended ? true : undefined));
    listener.dispose();
    assert.deepEqual(observed.stops, []);
  });
});

describe("commands", () => {
  it("Describe Memory writes a text summary", async () => {
    await openScript("heap 1MiB\na = alloc 100\nfree a\nb = alloc 50\nfree b\n");
    const text = await vscode.commands.executeCommand<string>("memscript.describeMemory");
    assert.match(text, /heap/i);
    const { document, viewColumn } = vscode.window.activeTextEditor!;
    assert.equal(document.getText(), text);
    assert.ok(!document.isUntitled && !document.isDirty, "nobody has to save it");
    await vscode.commands.executeCommand("memscript.describeMemory");
    assert.equal(vscode.window.activeTextEditor!.viewColumn, viewColumn, "in place of the page before");
  });

  it("mean the script behind the tab in front", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await openScript("behind = alloc 100\nfree behind\n");
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: "in front" }));
    const text = await vscode.commands.executeCommand<string>("memscript.describeMemory");
    assert.match(text, /behind = /);
  });

  it("Open Memory Inspector opens one panel beside the script", async () => {
    const panels = (): number =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter(
          ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes("memscript.inspector"),
        ).length;
    await openScript("a = alloc 100\nfree a\n");
    await vscode.commands.executeCommand("memscript.openInspector");
    await eventually("the panel", () => (panels() === 1 ? true : undefined));
    await vscode.commands.executeCommand("memscript.openInspector");
    assert.equal(panels(), 1);
  });

  it("Open Example opens an untitled copy", async () => {
    const folder = vscode.Uri.joinPath(
      vscode.extensions.getExtension("memscript.memscript")!.extensionUri,
      "media",
      "examples",
    );
    const entries = await vscode.workspace.fs.readDirectory(folder);
    const name = entries.map(([file]) => file).find((file) => file.endsWith(".memscript"));
    assert.ok(name, "no example ships");
    const uri = await vscode.commands.executeCommand<vscode.Uri>("memscript.openExample", name);
    assert.equal(uri.scheme, "untitled");
    assert.equal(vscode.window.activeTextEditor!.document.languageId, "memscript");
  });

  for (const packed of [false, true]) {
    it(`Convert Trace to MemScript opens ${packed ? "a packed" : "a plain"} trace as a script`, async () => {
      const trace = new TextEncoder().encode("= Start\n@ app:[0x1] + 0x5000 0x64\n@ app:[0x2] - 0x5000\n= End\n");
      const folder = vscode.workspace.workspaceFolders![0].uri;
      const file = vscode.Uri.joinPath(folder, packed ? "small.mtrace.gz" : "small.mtrace");
      await vscode.workspace.fs.writeFile(file, packed ? gzipSync(trace) : trace);
      const uri = await vscode.commands.executeCommand<vscode.Uri>("memscript.convertTrace", file);
      const document = await vscode.workspace.openTextDocument(uri);
      assert.match(document.getText(), /b\[0\] = alloc 100  # @ app:\[0x1\]\nfree b\[0\]\n/);
    });
  }
});
