import * as vscode from "vscode";
import { isCompareView, type CompareView } from "../../inspector/compareView";

/** A comparison with the script or trace that it is of. */
export interface Compared {
  readonly uri: vscode.Uri;
  readonly view: CompareView;
}

const key = "inspector.comparison";

/** The comparison that the panel shows, kept over reloads of the window. */
export class ComparedMemory implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memento: vscode.Memento) {}

  get current(): Compared | null {
    const saved = this.memento.get<{ readonly uri?: unknown; readonly view?: unknown }>(key);
    if (saved === undefined || typeof saved.uri !== "string" || !isCompareView(saved.view)) return null;
    return { uri: vscode.Uri.parse(saved.uri), view: saved.view };
  }

  async show(compared: Compared | null): Promise<void> {
    const saved = compared === null ? undefined : { uri: compared.uri.toString(), view: compared.view };
    await this.memento.update(key, saved);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
