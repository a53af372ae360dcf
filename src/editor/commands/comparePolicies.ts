import * as vscode from "vscode";
import type { HeapPolicy } from "../../engine/heap/policies";
import { compareView } from "../../inspector/compareView";
import { drive, type WorkHost } from "../../language/coroutines";
import type { Comparison } from "../../machine/compare/rows";
import { commandIds, languageId } from "../host/ids";
import { log, reasonOf } from "../host/log";
import type { Compared } from "../panel/compared";
import { policyItems } from "./policyItems";
import { nameOf, openDocument } from "../debugging/programUri";
import { programAt } from "../language/programs";
import { readSettings } from "../host/settings";
import { openTrace } from "../traces/openTrace";
import { feedTrace } from "../traces/traceBytes";
import { withProgress } from "./progress";
import { scriptFor } from "../host/scripts";

/**
 * Runs a script or replays a recorded trace under the policies that the user picks and shows them side by side. With
 * policies given by the caller it does not ask.
 */
export function registerComparePolicies(show: (compared: Compared) => Promise<void>): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.comparePolicies, async (target: unknown, options: unknown) => {
    const uri = target instanceof vscode.Uri ? target : await chooseFile();
    if (uri === undefined) return undefined;
    const policies = policiesOf(options) ?? (await choosePolicies());
    if (policies === undefined || policies.length === 0) return undefined;
    try {
      const comparison = await withProgress(vscode.l10n.t("Comparing policies on {0}", nameOf(uri)), (host) =>
        compare(uri, policies, host),
      );
      if (comparison === undefined) return undefined;
      const hasLines = !uri.path.endsWith(".gz");
      const view = compareView(nameOf(uri), comparison, hasLines, (text) => vscode.l10n.t(text));
      await show({ uri, view });
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
  const { allocationFormats } = await import("../../trace/formats");
  const opened = openTrace();
  if (opened !== undefined) return opened;
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active !== undefined && isTraceName(active.path, allocationFormats)) return active;
  const script = await scriptFor(undefined);
  if (script !== undefined) return script.uri;
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("Compare Policies"),
    openLabel: vscode.l10n.t("Compare"),
    filters: {
      [vscode.l10n.t("Scripts and allocation traces")]: ["memscript", ...endingsOf(allocationFormats)],
      [vscode.l10n.t("All files")]: ["*"],
    },
  });
  return picked?.[0];
}

async function choosePolicies(): Promise<HeapPolicy[] | undefined> {
  const items = policyItems().map((item) => ({ ...item, picked: true }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Compare Policies"),
    placeHolder: vscode.l10n.t("Policies to run side by side; the first is the baseline"),
    canPickMany: true,
  });
  return picked?.map(({ policy }) => policy);
}

/** `{ policies: ["first-fit", …] }`, from another command or a key binding; unknown names are left out. */
export function policiesOf(options: unknown): HeapPolicy[] | undefined {
  const given = (options as { readonly policies?: unknown } | null | undefined)?.policies;
  if (!Array.isArray(given)) return undefined;
  return policyItems().flatMap(({ policy }) => (given.includes(policy) ? [policy] : []));
}

/** Undefined when cancelled. Rejects with a message for people when the file cannot be read. */
async function compare(
  uri: vscode.Uri,
  policies: readonly HeapPolicy[],
  host: WorkHost,
): Promise<Comparison | undefined> {
  return isScript(uri) ? compareScript(uri, policies, host) : compareTrace(uri, policies, host);
}

function isScript(uri: vscode.Uri): boolean {
  return openDocument(uri)?.languageId === languageId || uri.path.endsWith(".memscript");
}

async function compareScript(
  uri: vscode.Uri,
  policies: readonly HeapPolicy[],
  host: WorkHost,
): Promise<Comparison | undefined> {
  const options = { limits: readSettings(uri).limits, overrides: new Map<string, string>() };
  const { ScriptComparison } = await import("../../machine/compare/ScriptComparison");
  return drive(new ScriptComparison(await programAt(uri), policies, options, () => host.now()).run(), host);
}

async function compareTrace(
  uri: vscode.Uri,
  policies: readonly HeapPolicy[],
  host: WorkHost,
): Promise<Comparison | undefined> {
  const { TraceComparison } = await import("../../machine/compare/TraceComparison");
  const trace = new TraceComparison(policies, () => host.now());
  const isComplete = await feedTrace(uri, host, (bytes) => {
    trace.feed(bytes);
    return true;
  });
  if (!isComplete) return undefined;
  const { comparison, report } = trace.finish();
  const problem = report.problems.at(0);
  if (report.operations === 0 && problem !== undefined) throw new Error(problem.message);
  return comparison;
}
