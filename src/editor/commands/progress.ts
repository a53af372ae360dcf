import * as vscode from "vscode";
import type { WorkHost } from "../../language/coroutines";
import { editorHost } from "../runs/editorHost";

/** Does work with a notification that shows its progress and has a Cancel button. */
export function withProgress<Value>(title: string, work: (host: WorkHost) => Promise<Value>): Thenable<Value> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    let shown = 0;
    return work({
      ...editorHost(token),
      progress(done) {
        progress.report({ increment: 100 * (done - shown) });
        shown = done;
      },
    });
  });
}
