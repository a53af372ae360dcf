import * as vscode from "vscode";
import { log, reasonOf } from "../host/log";
import type { ShownRun } from "./ShownRun";

const key = "inspector.script";

/** The script that the inspector showed last, so that a reloaded window shows it again. */
export class LastScript {
  constructor(private readonly memento: vscode.Memento) {}

  remember({ document }: ShownRun): void {
    const uri = document?.uri.toString();
    if (uri !== undefined && uri !== this.memento.get(key)) void this.memento.update(key, uri);
  }

  /** Turns a subject to it that has no script yet. */
  async recall(subject: ShownRun): Promise<void> {
    const uri = this.memento.get<string>(key);
    if (subject.document !== undefined || uri === undefined) return;
    try {
      subject.followDocument(await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)));
    } catch (error) {
      // The script was moved or deleted meanwhile: the inspector starts empty.
      log().info(`The script of the last window is gone: ${reasonOf(error)}`);
    }
  }
}
