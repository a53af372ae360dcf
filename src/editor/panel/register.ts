import * as vscode from "vscode";
import { scriptFor } from "../commands/run";
import type { DocumentRuns } from "../documentRuns";
import { commandIds, inspectorPanelType } from "../ids";
import type { LiveRuns } from "../liveRuns";
import { log, reasonOf } from "../log";
import { ComparedMemory, type Compared } from "./compared";
import { InspectorPanel } from "./InspectorPanel";
import { Subject, type Scene } from "./subject";

/** Key of the script that the panel showed last, so that a reloaded window shows it again. */
const lastScriptKey = "inspector.script";

export interface Inspector extends vscode.Disposable {
  /** Opens the panel with policies side by side. */
  showComparison(compared: Compared): Promise<void>;
  /** What the panel shows; undefined while it is closed. */
  scene(): Scene | undefined;
  /** Turns the open panel to a step of a document's own run. */
  travelTo(document: vscode.TextDocument, step: number, line: number): void;
  readonly onDidChange: vscode.Event<void>;
}

/** The one Memory Inspector of the window: opened beside the script by command, revived after a reload. */
export function registerInspector(context: vscode.ExtensionContext, runs: DocumentRuns, live: LiveRuns): Inspector {
  const comparedMemory = new ComparedMemory(context.workspaceState);
  const changed = new vscode.EventEmitter<void>();
  let isEnding = false;
  let open: { panel: vscode.WebviewPanel; inspector: InspectorPanel; subject: Subject } | undefined;

  const attach = (panel: vscode.WebviewPanel): { inspector: InspectorPanel; subject: Subject } => {
    const subject = new Subject(runs, live);
    const inspector = new InspectorPanel(panel, context.extensionUri, subject, comparedMemory);
    const media = vscode.Uri.joinPath(context.extensionUri, "media");
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, "file-light.svg"),
      dark: vscode.Uri.joinPath(media, "file-dark.svg"),
    };
    open = { panel, inspector, subject };
    const remember = subject.onDidChange(() => {
      changed.fire();
      const uri = subject.document?.uri.toString();
      if (uri !== undefined && uri !== context.workspaceState.get(lastScriptKey)) {
        void context.workspaceState.update(lastScriptKey, uri);
      }
    });
    panel.onDidDispose(() => {
      remember.dispose();
      subject.dispose();
      if (open?.panel !== panel) return;
      open = undefined;
      // The panel was closed by hand: an old comparison is not to greet the next one.
      if (!isEnding) void comparedMemory.show(null);
    });
    return { inspector, subject };
  };

  const openInspector = async (address: unknown): Promise<void> => {
    const script = await scriptFor(undefined);
    if (open === undefined) {
      const panel = vscode.window.createWebviewPanel(
        inspectorPanelType,
        vscode.l10n.t("Memory Inspector"),
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true },
      );
      attach(panel);
    } else {
      open.panel.reveal(undefined, true);
    }
    if (script !== undefined && open?.subject.document === undefined) open?.subject.followDocument(script);
    if (typeof address === "string") open?.inspector.focus({ kind: "address", address });
  };

  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(panel) {
      open?.panel.dispose();
      const { subject } = attach(panel);
      const uri = context.workspaceState.get<string>(lastScriptKey);
      if (subject.document !== undefined || uri === undefined) return;
      try {
        subject.followDocument(await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)));
      } catch (error) {
        // The script was moved or deleted meanwhile: the panel starts empty.
        log().info(`The script of the last window is gone: ${reasonOf(error)}`);
      }
    },
  };

  const subscriptions = vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.openInspector, openInspector),
    vscode.window.registerWebviewPanelSerializer(inspectorPanelType, serializer),
    { dispose: () => void open?.panel.dispose() },
    comparedMemory,
    changed,
  );
  return {
    scene: () => open?.subject.scene(),
    travelTo: (document, step, line) => open?.subject.travelTo(document, step, line),
    onDidChange: changed.event,
    async showComparison(compared) {
      await comparedMemory.show(compared);
      await openInspector(undefined);
      open?.inspector.announceComparison();
    },
    dispose() {
      isEnding = true;
      subscriptions.dispose();
    },
  };
}
