import * as vscode from "vscode";
import { scriptFor } from "../host/scripts";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import { uriOfProgram } from "../debugging/programUri";
import { commandIds, debugType, inspectorPanelType, viewIds } from "../host/ids";
import { readSettings } from "../host/settings";
import type { SessionRuns } from "../runs/SessionRuns";
import { ComparedMemory, type Compared } from "./compared";
import { LastScript } from "./lastScript";
import { InspectorFrames, type Opening } from "./InspectorFrames";
import type { Moment } from "../runs/Run";
import { ShownRun } from "./ShownRun";

export interface Inspector extends vscode.Disposable {
  /** Opens the panel with policies side by side. */
  showComparison(compared: Compared): Promise<void>;
  /** The moment that the inspector shows; undefined while it is closed. */
  moment(): Moment | undefined;
  /** Turns the open inspector to a step of a document's own run. */
  travelTo(document: vscode.TextDocument, step: number, line: number): void;
  readonly onDidChange: vscode.Event<void>;
}

/**
 * The Memory Inspector of the window: as a panel that a command opens beside the script and that is revived after a
 * reload, and as a view in the side bar. Both may be open at once.
 */
export function registerInspector(
  context: vscode.ExtensionContext,
  runs: BackgroundRuns,
  live: SessionRuns,
): Inspector {
  const compared = new ComparedMemory(context.workspaceState);
  const lastScript = new LastScript(context.workspaceState);
  const changed = new vscode.EventEmitter<void>();
  let isEnding = false;
  let open: { readonly panel: vscode.WebviewPanel; readonly inspector: Opening } | undefined;

  const makeSubject = (): ShownRun => {
    const subject = new ShownRun(runs, live);
    subject.onDidChange(() => {
      changed.fire();
      lastScript.remember(subject);
    });
    return subject;
  };
  const places = new InspectorFrames(context.extensionUri, makeSubject, compared);

  const attach = (panel: vscode.WebviewPanel): { readonly inspector: Opening; readonly subject: ShownRun } => {
    const { inspector, subject } = places.add(panel, "editor");
    const media = vscode.Uri.joinPath(context.extensionUri, "media");
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, "file-light.svg"),
      dark: vscode.Uri.joinPath(media, "file-dark.svg"),
    };
    open = { panel, inspector };
    panel.onDidDispose(() => {
      if (open?.panel !== panel) return;
      open = undefined;
      // The panel was closed by hand: an old comparison is not to greet the next one.
      if (!isEnding) void compared.show(null);
    });
    return { inspector, subject };
  };

  const openPanel = (): ReturnType<Opening> => {
    if (open !== undefined) {
      open.panel.reveal(undefined, true);
      return open.inspector();
    }
    const panel = vscode.window.createWebviewPanel(
      inspectorPanelType,
      vscode.l10n.t("Memory Inspector"),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true },
    );
    return attach(panel).inspector();
  };

  /** An address is shown where the inspector is on the screen; without one, or where it is not, the panel opens. */
  const openInspector = async (address: unknown): Promise<void> => {
    const script = await scriptFor(undefined);
    const isFocused = typeof address === "string" && places.focus({ kind: "address", address });
    const opening = isFocused ? undefined : openPanel();
    const { subject } = places;
    if (script !== undefined && subject?.document === undefined) subject?.followDocument(script);
    const inspector = await opening;
    if (typeof address === "string") inspector?.focus({ kind: "address", address });
  };

  const openOnDebug = (session: vscode.DebugSession): void => {
    if (session.type !== debugType || session.configuration["noDebug"] === true || places.isVisible) return;
    const { program } = session.configuration;
    const script = typeof program === "string" ? uriOfProgram(program) : undefined;
    if (readSettings(script).inspectorOpenOnDebug) void openPanel();
  };

  const serializer: vscode.WebviewPanelSerializer = {
    async deserializeWebviewPanel(panel) {
      open?.panel.dispose();
      const { inspector, subject } = attach(panel);
      await Promise.all([inspector(), lastScript.recall(subject)]);
    },
  };
  const viewProvider: vscode.WebviewViewProvider = {
    async resolveWebviewView(view) {
      const { inspector, subject } = places.add(view, "sideBar");
      await Promise.all([inspector(), lastScript.recall(subject)]);
    },
  };

  const subscriptions = vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.openInspector, openInspector),
    vscode.debug.onDidStartDebugSession(openOnDebug),
    vscode.commands.registerCommand(commandIds.showInspectorView, () =>
      vscode.commands.executeCommand(`${viewIds.inspector}.focus`),
    ),
    vscode.window.registerWebviewPanelSerializer(inspectorPanelType, serializer),
    vscode.window.registerWebviewViewProvider(viewIds.inspector, viewProvider),
    { dispose: () => void open?.panel.dispose() },
    compared,
    changed,
  );
  return {
    moment: () => places.subject?.moment(),
    travelTo: (document, step, line) => places.subject?.travelTo(document, step, line),
    onDidChange: changed.event,
    async showComparison(comparison) {
      await compared.show(comparison);
      await openInspector(undefined);
      (await open?.inspector())?.announceComparison();
    },
    dispose() {
      isEnding = true;
      subscriptions.dispose();
    },
  };
}
