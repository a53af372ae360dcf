import * as vscode from "vscode";
import { commandIds } from "../host/ids";
import { sameUri } from "../host/uris";
import type { TreeSource } from "./LazyTree";
import type { SelectedEvent } from "../../machine/events/EventSearch";
import { sentenceOf } from "../../machine/events/sentences";
import { words } from "../host/words";
import { destinationOf } from "./destination";
import { countText, notesOf, plain, type HistoryRoot } from "./historyRoot";

interface HistoryEvent {
  readonly kind: "event";
  readonly root: HistoryRoot;
  readonly selected: SelectedEvent;
}

interface HistoryNote {
  readonly kind: "note";
  readonly root: HistoryRoot;
  readonly text: string;
}

export type HistoryNode = HistoryRoot | HistoryEvent | HistoryNote;

/** Roots that stay in the view; the oldest goes first. */
const mostRoots = 20;

/** Icons of kinds of events; the others have a dot. */
const icons: Readonly<Record<string, string>> = {
  allocation: "add",
  free: "trash",
  write: "edit",
  read: "eye",
  move: "arrow-swap",
  resize: "arrow-both",
  split: "split-horizontal",
  coalesce: "merge",
  fault: "arrow-down",
  eviction: "arrow-up",
  copy: "copy",
  problem: "warning",
};

/** What was asked of runs, the latest question first, with the events that answer it as links. */
export class HistoryTree implements TreeSource<HistoryNode> {
  private shown: HistoryRoot[] = [];

  constructor(private readonly noteChange: () => void) {}

  get roots(): readonly HistoryRoot[] {
    return this.shown;
  }

  /** Puts a root in front, in the place of one with the same title. */
  add(root: HistoryRoot): void {
    this.shown = [root, ...this.shown.filter((other) => !isSame(other, root))].slice(0, mostRoots);
    this.noteChange();
  }

  replace(roots: readonly HistoryRoot[]): void {
    this.shown = [...roots];
    this.noteChange();
  }

  getTreeItem(node: HistoryNode): vscode.TreeItem {
    switch (node.kind) {
      case "root":
        return rootItem(node);
      case "event":
        return eventItem(node);
      case "note": {
        const item = new vscode.TreeItem(node.text);
        item.iconPath = new vscode.ThemeIcon("info");
        item.accessibilityInformation = { label: node.text };
        return item;
      }
    }
  }

  getChildren(node?: HistoryNode): HistoryNode[] {
    if (node === undefined) return [...this.shown];
    if (node.kind !== "root") return [];
    const events = node.events.map((selected): HistoryNode => ({ kind: "event", root: node, selected }));
    const notes = notesOf(node).map((text): HistoryNode => ({ kind: "note", root: node, text }));
    return [...notes, ...events];
  }
}

function isSame(left: HistoryRoot, right: HistoryRoot): boolean {
  return left.title === right.title && sameUri(left.uri, right.uri);
}

function rootItem(root: HistoryRoot): vscode.TreeItem {
  const item = new vscode.TreeItem(root.title, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${root.uri.toString()} ${root.title}`;
  item.description = countText(root);
  item.iconPath = new vscode.ThemeIcon(root.question.kind === "query" ? "search" : "history");
  item.contextValue = "root";
  item.accessibilityInformation = { label: `${root.title}, ${countText(root)}` };
  return item;
}

function eventItem({ root, selected }: HistoryEvent): vscode.TreeItem {
  const { step, line, kind } = selected.event;
  const text = plain(sentenceOf(selected, words));
  const place = vscode.l10n.t("step {0}, line {1}", step, line + 1);
  // The side bar is narrow: what distinguishes events comes first.
  const item = new vscode.TreeItem(vscode.l10n.t("line {0}: {1}", line + 1, kind));
  item.description = vscode.l10n.t("step {0}: {1}", step, text);
  item.tooltip = `${place}: ${text}`;
  item.iconPath = new vscode.ThemeIcon(icons[kind] ?? "circle-small");
  item.contextValue = "event";
  item.command = {
    command: commandIds.travelToEvent,
    title: vscode.l10n.t("Travel There"),
    arguments: [destinationOf(root, selected)],
  };
  item.accessibilityInformation = { label: `${place}: ${text}` };
  return item;
}
