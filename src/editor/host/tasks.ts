import * as vscode from "vscode";
import { languageId } from "./ids";

const taskType = "memscript";
/** Problem matcher of the command line's output, contributed in package.json. */
const problemMatcher = "$memscript";

/** What a task of ours runs, as tasks.json has it. */
interface TaskDefinition extends vscode.TaskDefinition {
  /** A command of the command line: `check` by default. */
  readonly command?: string;
  /** Path of the script, relative to the workspace folder. */
  readonly file: string;
}

/** Tasks over the command line: `check` and `run` for the script in the editor, and whatever tasks.json defines. */
export function registerTasks(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(taskType, {
    provideTasks: () => {
      const { activeTextEditor } = vscode.window;
      const folder = vscode.workspace.workspaceFolders?.at(0);
      const document = activeTextEditor?.document;
      if (document?.languageId !== languageId || document.uri.scheme !== "file" || folder === undefined) return [];
      const file = vscode.workspace.asRelativePath(document.uri, false);
      return ["check", "run"].map((command) => taskOf({ type: taskType, command, file }, folder, extensionUri));
    },
    resolveTask: (task) => {
      const definition = task.definition as Partial<TaskDefinition> & vscode.TaskDefinition;
      if (typeof definition.file !== "string") return undefined;
      const scope = task.scope ?? vscode.TaskScope.Workspace;
      return taskOf({ ...definition, file: definition.file }, scope, extensionUri);
    },
  });
}

function taskOf(
  definition: TaskDefinition,
  scope: vscode.WorkspaceFolder | vscode.TaskScope,
  extensionUri: vscode.Uri,
): vscode.Task {
  const { command = "check", file } = definition;
  const cli = vscode.Uri.joinPath(extensionUri, "dist", "cli.js").fsPath;
  const task = new vscode.Task(
    definition,
    scope,
    `${command} ${file}`,
    "MemScript",
    new vscode.ProcessExecution("node", [cli, command, file]),
    problemMatcher,
  );
  if (command === "check") task.group = vscode.TaskGroup.Test;
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true };
  return task;
}
