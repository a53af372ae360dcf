import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, openScript } from "./script";

describe("tasks", () => {
  it("check and run the script in the editor", async () => {
    const document = await openScript("a = alloc 100\nfree a\n");
    const file = vscode.workspace.asRelativePath(document.uri, false);
    const tasks = await eventually("tasks for the script", async () => {
      const found = await vscode.tasks.fetchTasks({ type: "memscript" });
      return found.some(({ name }) => name === `check ${file}`) ? found : undefined;
    });
    assert.deepEqual(tasks.map(({ name }) => name).sort(), [`check ${file}`, `run ${file}`]);
    for (const task of tasks) {
      assert.deepEqual(task.problemMatchers, ["$memscript"]);
      const { process, args } = task.execution as vscode.ProcessExecution;
      assert.equal(process, "node");
      await vscode.workspace.fs.stat(vscode.Uri.file(args[0]));
    }
  });
});
