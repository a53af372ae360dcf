import type * as vscode from "vscode";
import { heapPolicies } from "../../engine/heap/options";
import type { HeapPolicy } from "../../engine/heap/policies";
import { describeOption, describeVerb } from "../../language/vocabulary/vocabulary";

export interface PolicyItem extends vscode.QuickPickItem {
  readonly policy: HeapPolicy;
}

/** The policies of a heap to pick from, each with the line that the vocabulary has on it. */
export function policyItems(): PolicyItem[] {
  const heap = describeVerb("heap");
  const docs = (heap === undefined ? undefined : describeOption(heap, "policy"))?.choiceDocs ?? {};
  // Quick picks know no Markdown.
  return heapPolicies.map((policy) => ({ label: policy, detail: (docs[policy] ?? "").replaceAll("`", ""), policy }));
}
