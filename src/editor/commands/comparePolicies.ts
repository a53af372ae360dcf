import * as vscode from "vscode";
import type { HeapPolicy } from "../../engine/heap/policies";
import { nameOf } from "../debugging/programUri";
import { commandIds } from "../host/ids";
import { log, reasonOf } from "../host/log";
import { scriptFor } from "../host/scripts";
import type { Compared } from "../panel/compared";
import { openTrace } from "../traces/openTrace";
import { policyItems } from "./policyItems";

/**
 * Runs a script or replays a recorded trace under the policies that the user picks and shows them side by side: those of a
 * heap, of page replacement, of a lookaside buffer and of caches, each where there is one. With policies given by the
 * caller it does not ask.
 */
export function registerComparePolicies(show: (compared: Compared) => Promise<void>): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.comparePolicies, async (target: unknown, options: unknown) => {
    const uri = target instanceof vscode.Uri ? target : await chooseFile();
    if (uri === undefined) return undefined;
    try {
      const { compareFile } = await import("./comparison");
      const view = await compareFile(uri, options);
      if (view !== undefined) await show({ uri, view });
      return view;
    } catch (error) {
      log().error(`Comparing policies on ${uri.toString()} failed: ${reasonOf(error)}`);
      void vscode.window.showErrorMessage(
        vscode.l10n.t("Policies cannot be compared on {0}: {1}", nameOf(uri), reasonOf(error)),
      );
      return undefined;
    }
  });
}

/** The trace or script in the editor, or a file that the user picks. */
async function chooseFile(): Promise<vscode.Uri | undefined> {
  const { endingsOf, isTraceName } = await import("../../trace/fileNames");
  const opened = openTrace();
  if (opened !== undefined) return opened;
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active !== undefined && isTraceName(active.path)) return active;
  const script = await scriptFor(undefined);
  if (script !== undefined) return script.uri;
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("Compare Policies"),
    openLabel: vscode.l10n.t("Compare"),
    filters: {
      [vscode.l10n.t("Scripts and traces")]: ["memscript", ...endingsOf()],
      [vscode.l10n.t("All files")]: ["*"],
    },
  });
  return picked?.[0];
}

/** `{ policies: ["first-fit", …] }`, from another command or a key binding; unknown names are left out. */
export function policiesOf(options: unknown): HeapPolicy[] | undefined {
  const given = (options as { readonly policies?: unknown } | null | undefined)?.policies;
  if (!Array.isArray(given)) return undefined;
  return policyItems().flatMap(({ policy }) => (given.includes(policy) ? [policy] : []));
}
