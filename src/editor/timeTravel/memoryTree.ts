import * as vscode from "vscode";
import { ValueFormat } from "../../debug/protocol/format";
import { scopesOf } from "../../debug/variables/scopes";
import type { TreeSource } from "./LazyTree";
import { MemoryNode } from "./MemoryNode";
import type { CurrentMoment } from "./CurrentMoment";

/** Heaps, free lists, pages, pools and caches at the present moment, by the same descriptions as in the Variables view. */
export class MemoryTree implements TreeSource<MemoryNode> {
  constructor(private readonly moments: CurrentMoment) {}

  getChildren(node?: MemoryNode): MemoryNode[] {
    // The history of a document is shared: it has to stand at the moment that is shown whenever something is read of it.
    const moment = this.moments.now();
    if (moment === undefined) return [];
    if (node !== undefined) return node.children();
    return scopesOf(moment.history.state, new ValueFormat(false))
      .map(({ name, children }) => new MemoryNode({ name, value: "", children }, name))
      .filter((scope) => !scope.isEmpty);
  }

  getTreeItem(node: MemoryNode): vscode.TreeItem {
    const { name, value, type, children } = node.shown;
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(name, children === undefined ? None : Collapsed);
    item.id = node.path;
    item.description = value;
    item.tooltip = value === "" ? name : `${name}: ${value}`;
    const told = [name, type, value].filter((part) => part !== undefined && part !== "");
    item.accessibilityInformation = { label: told.join(", ") };
    item.contextValue = traitsOf(node).join(" ");
    return item;
  }
}

/** Words that the conditions of context menus look for. */
function traitsOf(node: MemoryNode): string[] {
  return [
    ...(node.isBlock ? ["block"] : []),
    ...(node.address === undefined ? [] : ["address"]),
    ...(node.hasHistory ? ["history"] : []),
  ];
}
