import * as vscode from "vscode";

/** What makes the nodes of a tree, once it is loaded. */
export interface TreeSource<Node> {
  getChildren(node?: Node): Node[];
  getTreeItem(node: Node): vscode.TreeItem;
}

/** A tree whose source is loaded when its view is first looked at. */
export class LazyTree<Node> implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly load: () => Promise<TreeSource<Node>>) {}

  /** Tells that the nodes may be others now; VS Code asks again when the view is visible. */
  update(): void {
    this.changed.fire(undefined);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const source = await this.load();
    return source.getChildren(node);
  }

  async getTreeItem(node: Node): Promise<vscode.TreeItem> {
    const source = await this.load();
    return source.getTreeItem(node);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
