import * as vscode from "vscode";
import { nextTurn } from "../runs/sliceHost";

/** Longest time between two yields to other work of the host. */
export const sliceMilliseconds = 40;

export interface Progress {
  /** Part done so far, 0 to 1. */
  report(done: number): void;
  /** Lets other work of the host happen; true when the user has cancelled. */
  isCancelled(): Promise<boolean>;
}

/** Does work under a notification with a Cancel button. */
export function withProgress<Value>(title: string, work: (progress: Progress) => Promise<Value>): Thenable<Value> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title,
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    let shown = 0;
    return work({
      report(done) {
        progress.report({ increment: 100 * (done - shown) });
        shown = done;
      },
      async isCancelled() {
        await nextTurn();
        return token.isCancellationRequested;
      },
    });
  });
}
