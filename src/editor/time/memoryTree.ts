import * as vscode from "vscode";
import { ValueFormat } from "../../debug/format";
import { scopesOf } from "../../debug/variables/scopes";
import { commandIds, viewIds } from "../ids";
import type { DocumentRuns } from "../documentRuns";
import type { LiveRuns } from "../liveRuns";
import type { Inspector } from "../panel/register";
import { revealLine } from "../panel/revealLine";
import { MemoryNode } from "./MemoryNode";
import type { Moments } from "./Moments";

/** Time that changes may gather before the tree is drawn again. */
const gatherMilliseconds = 60;

/** Heaps, free lists, pages, pools and caches at the present moment, by the same descriptions as in the Variables view. */
class MemoryTree implements vscode.TreeDataProvider<MemoryNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly moments: Moments) {}

  /** Tells soon that memory may be another now. */
  update(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed.fire(undefined);
    }, gatherMilliseconds);
  }

  getTreeItem(node: MemoryNode): vscode.TreeItem {
    const { name, value, type, children } = node.shown;
    const state =
      children === undefined ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed;
    const item = new vscode.TreeItem(name, state);
    item.id = pathOf(node);
    item.description = value;
    item.tooltip = value === "" ? name : `${name}: ${value}`;
    item.accessibilityInformation = { label: [name, type, value].filter((part) => part !== undefined && part !== "").join(", ") };
    item.contextValue = [node.isBlock ? "block" : "", node.address === undefined ? "" : "address", node.hasHistory ? "history" : ""]
      .filter((word) => word !== "")
      .join(" ");
    return item;
  }

  getChildren(node?: MemoryNode): MemoryNode[] {
    // The history of a document is shared: it has to stand at the moment that is shown whenever something is read of it.
    const moment = this.moments.now();
    if (moment === undefined) return [];
    if (node !== undefined) return node.children();
    return scopesOf(moment.history.state, new ValueFormat(false))
      .map(({ name, children }) => new MemoryNode({ name, value: "", children }))
      .filter((scope) => (scope.shown.children?.indexed?.count ?? 0) > 0 || (scope.shown.children?.named?.().length ?? 0) > 0);
  }

  getParent(node: MemoryNode): MemoryNode | null {
    return node.parent;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
  }
}

/** The names on the way to a node: they stay the same from step to step, so that what is open stays open. */
function pathOf(node: MemoryNode): string {
  return node.parent === null ? node.shown.name : `${pathOf(node.parent)}/${node.shown.name}`;
}

/** The Memory view with its commands. */
export function registerMemoryTree(
  moments: Moments,
  runs: DocumentRuns,
  live: LiveRuns,
  inspector: Inspector,
): vscode.Disposable {
  const tree = new MemoryTree(moments);
  const update = (): void => tree.update();
  const goToLine = async (node: unknown): Promise<void> => {
    const moment = moments.now();
    if (moment === undefined || !(node instanceof MemoryNode)) return;
    const subject = node.subject(moment.history.state);
    const block = subject?.kind === "block" ? moment.history.state.allocation(subject.allocation) : undefined;
    if (block !== undefined) await revealLine(moment.uri, block.line);
    else void vscode.window.showInformationMessage(vscode.l10n.t("Nobody has allocated this block."));
  };
  return vscode.Disposable.from(
    tree,
    vscode.window.createTreeView(viewIds.memory, { treeDataProvider: tree, showCollapseAll: true }),
    vscode.commands.registerCommand(commandIds.showInInspector, async (node: unknown) => {
      if (node instanceof MemoryNode) await vscode.commands.executeCommand(commandIds.openInspector, node.address);
    }),
    vscode.commands.registerCommand(commandIds.goToAllocation, goToLine),
    vscode.commands.registerCommand(commandIds.copyAddress, async (node: unknown) => {
      if (node instanceof MemoryNode && node.address !== undefined) await vscode.env.clipboard.writeText(node.address);
    }),
    runs.onDidRun(update),
    live.onDidChange(update),
    inspector.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeTextEditorSelection(update),
  );
}
