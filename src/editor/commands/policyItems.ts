import type * as vscode from "vscode";
import type { HeapPolicy } from "../../engine/heap/policies";
import type { ComparedPart } from "../../machine/compare/parts/parts";
import { describeOption, describeVerb } from "../../language/vocabulary/vocabulary";

/** The options that hold the policies of each part of a memory: statement and name. */
const options = {
  heap: ["heap", "policy"],
  replacement: ["vm", "replacement"],
  tlb: ["tlb", "policy"],
  cache: ["cache", "policy"],
} as const;

/** A policy of some part, to pick from. */
export interface PartItem extends vscode.QuickPickItem {
  readonly part: ComparedPart;
}

/** The policies of a part, each with the line that the vocabulary has on it. */
export function partItems(part: ComparedPart): PartItem[] {
  const [verb, name] = options[part];
  const { choices = [], choiceDocs = {} } = describeOption(describeVerb(verb)!, name)!;
  // Quick picks know no Markdown.
  return choices.map((label) => ({ label, detail: (choiceDocs[label] ?? "").replaceAll("`", ""), part }));
}

export interface PolicyItem extends vscode.QuickPickItem {
  readonly policy: HeapPolicy;
}

/** The policies of a heap to pick from, each with the line that the vocabulary has on it: the engines are loaded later. */
export function policyItems(): PolicyItem[] {
  return partItems("heap").map((item) => ({ ...item, policy: item.label as HeapPolicy }));
}
