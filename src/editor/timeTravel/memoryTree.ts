import * as vscode from "vscode";
import { ValueFormat } from "../../debug/protocol/format";
import { scopesOf } from "../../debug/variables/scopes";
import type { MachineState } from "../../machine/run/MachineState";
import type { TreeSource } from "./LazyTree";
import { MemoryNode } from "./MemoryNode";
import type { Traveller } from "./Traveller";

/** Heaps, free lists, pages, pools and caches at the present moment, by the same descriptions as in the Variables view. */
export class MemoryTree implements TreeSource<MemoryNode> {
  constructor(private readonly traveller: Traveller) {}

  getChildren(node?: MemoryNode): MemoryNode[] {
    const moment = this.traveller.now();
    return moment === undefined
      ? []
      : moment.run.at(moment.position, ({ state }) => (node === undefined ? rootsOf(state) : node.children()));
  }

  getTreeItem(node: MemoryNode): vscode.TreeItem {
    const { name, value, type, children } = node.shown;
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(name, children === undefined ? None : Collapsed);
    item.id = node.path;
    item.description = value;
    item.tooltip = value === "" ? name : `${name}: ${value}`;
    const parts = [name, type, value].filter((part) => part !== undefined && part !== "");
    item.accessibilityInformation = { label: parts.join(", ") };
    item.contextValue = traitsOf(node).join(" ");
    return item;
  }
}

function rootsOf(state: MachineState): MemoryNode[] {
  return scopesOf(state, new ValueFormat(false))
    .map(({ name, children }) => new MemoryNode({ name, value: "", children }, name))
    .filter((scope) => !scope.isEmpty);
}

/** Words that the conditions of context menus look for. */
function traitsOf(node: MemoryNode): string[] {
  return [
    ...(node.isBlock ? ["block"] : []),
    ...(node.address === undefined ? [] : ["address"]),
    ...(node.hasHistory ? ["history"] : []),
  ];
}
