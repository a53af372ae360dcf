import * as vscode from "vscode";
import { nameOf, uriOfProgram } from "../debugging/programUri";
import { languageId } from "./ids";
import { hasVariables, withoutVariables } from "./variables";

const taskType = "memscript";
/** Problem matcher of the command line's output, contributed in package.json. */
const problemMatcher = "$memscript";

export const taskCommands = ["check", "run"] as const;
export type TaskCommand = (typeof taskCommands)[number];

/** What a task of ours runs, as tasks.json has it. */
interface TaskDefinition extends vscode.TaskDefinition {
  /** `check` by default. */
  readonly command?: string;
  /** The script: a path relative to the workspace folder, an absolute one, or a URI. */
  readonly file: string;
}

/**
 * Tasks that check or run a script, and whatever tasks.json defines. They run in the extension host, which needs no Node
 * on the path and reads any file system.
 */
export function registerTasks(): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(taskType, {
    provideTasks: () => {
      const document = vscode.window.activeTextEditor?.document;
      const folder = document && vscode.workspace.getWorkspaceFolder(document.uri);
      if (document?.languageId !== languageId || folder === undefined) return [];
      const file = definedFile(document.uri);
      return taskCommands.map((command) => taskOf({ type: taskType, command, file }, folder));
    },
    resolveTask: (task) => {
      const definition = task.definition as Partial<TaskDefinition> & vscode.TaskDefinition;
      if (typeof definition.file !== "string") return undefined;
      return taskOf({ ...definition, file: definition.file }, task.scope ?? vscode.TaskScope.Workspace);
    },
  });
}

/**
 * A script as a definition has it. VS Code replaces variables in definitions, and runs the commands that they name: a
 * file name that looks like one is written as a URI, which has neither `$` nor braces.
 */
export function definedFile(uri: vscode.Uri): string {
  const path = vscode.workspace.asRelativePath(uri, false);
  return hasVariables(path) ? uri.toString() : path;
}

function taskOf(definition: TaskDefinition, scope: vscode.WorkspaceFolder | vscode.TaskScope): vscode.Task {
  const command = taskCommands.find((each) => each === definition.command) ?? "check";
  const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.at(0);
  const execution = new vscode.CustomExecution(async (resolved) => {
    const { ScriptTerminal } = await import("./ScriptTerminal");
    return new ScriptTerminal(command, placeOf((resolved as TaskDefinition).file, folder));
  });
  const { file } = definition;
  const label = isUri(file) ? withoutVariables(nameOf(placeOf(file, folder))) : file;
  const task = new vscode.Task(definition, scope, `${command} ${label}`, "MemScript", execution, problemMatcher);
  if (command === "check") task.group = vscode.TaskGroup.Test;
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true };
  return task;
}

/** Longer than a drive letter: `C:\x` is a path. */
const isUri = (file: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(file);

/** The script that a definition names. */
function placeOf(file: string, folder: vscode.WorkspaceFolder | undefined): vscode.Uri {
  const isWhole = folder === undefined || isUri(file) || /^(?:[a-z]:)?[/\\]/i.test(file);
  return isWhole ? uriOfProgram(file) : vscode.Uri.joinPath(folder.uri, file.replaceAll("\\", "/"));
}
