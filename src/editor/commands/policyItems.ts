import type * as vscode from "vscode";
import type { HeapPolicy } from "../../engine/heap/policies";
import { describeOption, describeVerb } from "../../language/vocabulary/vocabulary";

export interface PolicyItem extends vscode.QuickPickItem {
  readonly policy: HeapPolicy;
}

/** The policies of a heap to pick from, each with the line that the vocabulary has on it: the engines are loaded later. */
export function policyItems(): PolicyItem[] {
  const { choices = [], choiceDocs = {} } = describeOption(describeVerb("heap")!, "policy")!;
  return choices.map((name) => ({
    label: name,
    // Quick picks know no Markdown.
    detail: (choiceDocs[name] ?? "").replaceAll("`", ""),
    policy: name as HeapPolicy,
  }));
}
