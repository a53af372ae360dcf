import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticOf, eventually, openScript } from "./script";

async function tasksOf(file: string): Promise<vscode.Task[]> {
  return eventually("tasks for the script", async () => {
    const found = await vscode.tasks.fetchTasks({ type: "memscript" });
    return found.some(({ name }) => name === `check ${file}`) ? found : undefined;
  });
}

describe("tasks", () => {
  it("check and run the script in the editor, without a program outside VS Code", async () => {
    const document = await openScript("a = alloc 100\nfree a\n");
    const file = vscode.workspace.asRelativePath(document.uri, false);
    const tasks = await tasksOf(file);
    assert.deepEqual(tasks.map(({ name }) => name).sort(), [`check ${file}`, `run ${file}`]);
    for (const task of tasks) {
      assert.deepEqual(task.problemMatchers, ["$memscript"]);
      assert.equal(task.definition["file"], file);
      assert.ok(
        !(task.execution instanceof vscode.ProcessExecution || task.execution instanceof vscode.ShellExecution),
      );
    }
  });

  it("end when the script has run", async () => {
    const document = await openScript("a = alloc 100\nfree a\nfree a\n");
    await diagnosticOf(document, "double-free");
    const file = vscode.workspace.asRelativePath(document.uri, false);
    for (const task of await tasksOf(file)) {
      const ended = new Promise<void>((resolve) => {
        const subscription = vscode.tasks.onDidEndTask(({ execution }) => {
          if (execution.task.name !== task.name) return;
          subscription.dispose();
          resolve();
        });
      });
      await vscode.tasks.executeTask(task);
      await ended;
    }
  });

  it("name a script whose name looks like a variable by its URI", async () => {
    const folder = vscode.workspace.workspaceFolders![0].uri;
    const uri = vscode.Uri.joinPath(folder, "${command:workbench.action.closeAllEditors}.memscript");
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode("heap 1KiB\n"));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    const tasks = await tasksOf("$ {command:workbench.action.closeAllEditors}.memscript");
    assert.ok(tasks.every(({ definition }) => !JSON.stringify(definition).includes("${")));
    await vscode.workspace.fs.delete(uri);
  });
});
