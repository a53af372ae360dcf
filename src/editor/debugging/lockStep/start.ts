import * as vscode from "vscode";
import type { HeapPolicy } from "../../../engine/heap/policies";
import { policiesOf } from "../../commands/comparePolicies";
import { scriptFor } from "../../host/scripts";
import { sameUri } from "../../host/uris";
import { withoutVariables } from "../../host/variables";
import { configurationFor } from "../debugConfiguration";
import { policyItems } from "../../commands/policyItems";
import { nameOf } from "../programUri";

/** Most scripts that are offered. */
const mostScripts = 500;

/**
 * Starts two sessions of a script, each under a policy of its own, both before the first line. With two policies given
 * by the caller nobody is asked. True when both were started.
 */
export async function debugTwoPolicies(target: unknown, options: unknown): Promise<boolean> {
  const script = await scriptFor(target);
  if (script === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a .memscript file first."));
    return false;
  }
  const policies = policiesOf(options) ?? (await choosePolicies());
  if (policies.length !== 2) return false;
  const { uri } = script;
  return startBoth(
    policies.map((policy) => ({
      ...configurationFor(uri, true),
      name: `${withoutVariables(nameOf(uri))}: ${policy}`,
      set: { "heap.policy": policy },
    })),
    uri,
  );
}

/** Starts a session of each of two scripts, both before the first line. */
export async function debugTwoScripts(left: unknown, right: unknown): Promise<boolean> {
  const first = left instanceof vscode.Uri ? left : (await scriptFor(undefined))?.uri;
  if (first === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a .memscript file first."));
    return false;
  }
  const second = right instanceof vscode.Uri ? right : await chooseScript(first);
  if (second === undefined) return false;
  return startBoth(
    [first, second].map((uri) => configurationFor(uri, true)),
    first,
  );
}

async function startBoth(configurations: readonly vscode.DebugConfiguration[], uri: vscode.Uri): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  for (const configuration of configurations) {
    if (!(await vscode.debug.startDebugging(folder, configuration))) return false;
  }
  return true;
}

/** Two policies, one after the other; none when the user leaves. */
async function choosePolicies(): Promise<HeapPolicy[]> {
  const title = vscode.l10n.t("Debug Under Two Policies");
  const items = policyItems();
  const first = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t("Policy of the first session"),
  });
  if (first === undefined) return [];
  const second = await vscode.window.showQuickPick(
    items.filter(({ policy }) => policy !== first.policy),
    { title, placeHolder: vscode.l10n.t("Policy of the second session, beside {0}", first.policy) },
  );
  return second === undefined ? [] : [first.policy, second.policy];
}

async function chooseScript(first: vscode.Uri): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles("**/*.memscript", undefined, mostScripts);
  const items = found
    .filter((uri) => !sameUri(uri, first))
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((left, right) => (left.label < right.label ? -1 : 1));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Debug Two Scripts"),
    placeHolder: vscode.l10n.t("Script to debug beside {0}", nameOf(first)),
  });
  return picked?.uri;
}
