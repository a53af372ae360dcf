import * as vscode from "vscode";
import { sameUri } from "../host/uris";
import { lineRange } from "../host/positions";

/**
 * Marks the line of what the panel has selected and scrolls it into view. The cursor and the focus stay where they are,
 * because the panel itself follows the cursor.
 */
export class SelectedLine implements vscode.Disposable {
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("editor.rangeHighlightBackground"),
    border: "1px dotted",
    borderColor: new vscode.ThemeColor("editor.rangeHighlightBorder"),
    overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.rangeHighlightForeground"),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  private marked: { readonly uri: vscode.Uri; readonly line: number } | null = null;
  private readonly subscriptions = vscode.Disposable.from(
    this.decoration,
    // An editor that comes back has lost its decorations.
    vscode.window.onDidChangeVisibleTextEditors(() => this.decorate()),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // The line is one of a run before the edit.
      if (contentChanges.length > 0 && this.isOf(document)) this.show(undefined, null);
    }),
  );

  /** Null marks nothing. */
  show(uri: vscode.Uri | undefined, line: number | null): void {
    const next = uri === undefined || line === null ? null : { uri, line };
    const { marked } = this;
    const isSame =
      next === null || marked === null ? next === marked : sameUri(next.uri, marked.uri) && next.line === marked.line;
    if (isSame) return;
    this.marked = next;
    this.decorate();
    if (next === null) return;
    for (const editor of vscode.window.visibleTextEditors) {
      if (!this.isOf(editor.document)) continue;
      editor.revealRange(lineRange(editor.document, next.line), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private isOf(document: vscode.TextDocument): boolean {
    return this.marked !== null && sameUri(document.uri, this.marked.uri);
  }

  private decorate(): void {
    const { marked } = this;
    for (const editor of vscode.window.visibleTextEditors) {
      const isOf = marked !== null && sameUri(editor.document.uri, marked.uri);
      editor.setDecorations(this.decoration, isOf ? [lineRange(editor.document, marked.line)] : []);
    }
  }
}
