import * as vscode from "vscode";
import { traceEditorTypes } from "../host/ids";
import { log, reasonOf } from "../host/log";

/** Shows recorded traces that people open: what they are, first numbers, and what can be done with them. Read-only. */
export function registerTraceEditor(extensionUri: vscode.Uri): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    async resolveCustomEditor({ uri }, panel) {
      const { TraceEditor } = await import("./TraceEditor");
      const editor = new TraceEditor(uri, panel, extensionUri);
      editor.read().catch((error: unknown) => log().error(`Reading ${uri.toString()} failed: ${reasonOf(error)}`));
    },
  };
  const options = { supportsMultipleEditorsPerDocument: true };
  return vscode.Disposable.from(
    ...traceEditorTypes.map((type) => vscode.window.registerCustomEditorProvider(type, provider, options)),
  );
}
