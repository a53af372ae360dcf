import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { LockStepResult } from "../../../src/machine/compare/LockStep";
import { eventually, openScript } from "./script";

const script = `heap 1000 header=0 align=1 min=1 base=0x1000
a = alloc 100
b = alloc 10
c = alloc 50
d = alloc 10
free a
free c
e = alloc 50
free b
`;

/** The sessions that run now, by name. */
class Sessions implements vscode.Disposable {
  private readonly open = new Map<string, vscode.DebugSession>();
  private readonly listeners = vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => this.open.set(session.name, session)),
    vscode.debug.onDidTerminateDebugSession((session) => this.open.delete(session.name)),
  );

  get names(): string[] {
    return [...this.open.keys()];
  }

  /** 1-based lines at which the sessions stand. */
  async lines(): Promise<number[]> {
    const answers = [...this.open.values()].map(async (session) => {
      const trace = (await session.customRequest("stackTrace", { threadId: 1 })) as {
        stackFrames: { line: number }[];
      };
      return trace.stackFrames[0].line;
    });
    return Promise.all(answers);
  }

  /** What an expression is in each session. */
  values(expression: string): Promise<string[]> {
    const answers = [...this.open.values()].map(async (session) => {
      const answer = (await session.customRequest("evaluate", { expression, context: "watch" })) as { result: string };
      return answer.result;
    });
    return Promise.all(answers);
  }

  async stop(): Promise<void> {
    for (const session of this.open.values()) await vscode.debug.stopDebugging(session);
    await eventually("the sessions' end", () => (this.open.size === 0 ? true : undefined));
  }

  dispose(): void {
    this.listeners.dispose();
  }
}

describe("two sessions in lock step", function () {
  let sessions: Sessions;

  beforeEach(() => {
    sessions = new Sessions();
  });

  afterEach(async () => {
    await sessions.stop();
    sessions.dispose();
  });

  const run = <Value>(command: string, ...args: unknown[]): Thenable<Value> =>
    vscode.commands.executeCommand<Value>(`memscript.${command}`, ...args);

  const standing = (...lines: number[]): Promise<true> =>
    eventually(`both at ${lines.join(", ")}`, async () => {
      const now = sessions.names.length === 2 ? await sessions.lines().catch(() => []) : [];
      return now.join() === lines.join() ? true : undefined;
    });

  it("step both, run both to where the policies part, and then to their end", async () => {
    const { uri } = await openScript(script);
    assert.equal(await run("debugTwoPolicies", uri, { policies: ["first-fit", "best-fit"] }), true);
    await standing(1, 1);
    const file = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    assert.deepEqual(sessions.names, [`${file}: first-fit`, `${file}: best-fit`]);
    await run("stepBoth");
    await run("stepBoth");
    assert.deepEqual(await sessions.lines(), [3, 3]);

    const told = await run<{ result: LockStepResult; text: string }>("runBoth");
    assert.equal(told.result.kind, "different");
    assert.deepEqual([told.result.difference.step, told.result.difference.leftLine], [8, 7]);
    assert.match(told.text, /^Step 8, line 8: .*first-fit \| .*best-fit differ\. result: 0x1000 \| 0x106e;/);
    assert.deepEqual(await sessions.lines(), [9, 9]);
    const [first, best] = await sessions.values("e");
    assert.match(first, /0x1000/);
    assert.match(best, /0x106e/);
  });

  it("say so when two scripts do the same, and stand at the end", async () => {
    const left = (await openScript("a = alloc 8\nfree a\n")).uri;
    const right = (await openScript("a = alloc 8\nfree a\n")).uri;
    assert.equal(await run("debugTwoScripts", left, right), true);
    await standing(1, 1);
    const told = await run<{ result: LockStepResult; text: string }>("runBoth");
    assert.deepEqual(told.result, { kind: "same", steps: 2 });
    assert.match(told.text, / do not differ up to their end, step 2\.$/);
    assert.deepEqual(await sessions.lines(), [2, 2]);
  });

  it("do nothing with one session", async () => {
    const { uri } = await openScript(script);
    await run("debugFile", uri);
    await eventually("the session", () => (sessions.names.length === 1 ? true : undefined));
    assert.equal(await run("runBoth"), undefined);
  });
});
