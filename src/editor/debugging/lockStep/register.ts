import * as vscode from "vscode";
import { commandIds, contextKeys } from "../../host/ids";
import type { SessionRuns } from "../../runs/SessionRuns";
import { log, reasonOf } from "../../host/log";
import { debugTwoPolicies, debugTwoScripts } from "./start";
import { pairOf, travelBoth, type Pair } from "./pair";

/** Two debug sessions side by side: their start, and steps that both take. */
export function registerLockStep(live: SessionRuns): vscode.Disposable {
  const tellPair = (): void => {
    void vscode.commands.executeCommand("setContext", contextKeys.twoSessions, pairOf(live) !== undefined);
  };
  /** Runs the work with the two sessions, and tells why it failed. */
  const withPair = async <Value>(work: (pair: Pair) => Promise<Value>): Promise<Value | undefined> => {
    const pair = pairOf(live);
    if (pair === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Start two debug sessions first: MemScript: Debug Under Two Policies."),
      );
      return undefined;
    }
    try {
      return await work(pair);
    } catch (error) {
      log().error(`Two sessions could not be moved together: ${reasonOf(error)}`);
      void vscode.window.showErrorMessage(vscode.l10n.t("The sessions cannot be moved together: {0}", reasonOf(error)));
      return undefined;
    }
  };
  return vscode.Disposable.from(
    live.onDidChange(tellPair),
    vscode.commands.registerCommand(commandIds.debugTwoPolicies, (target: unknown, options: unknown) =>
      debugTwoPolicies(target, options),
    ),
    vscode.commands.registerCommand(commandIds.debugTwoScripts, (left: unknown, right: unknown) =>
      debugTwoScripts(left, right),
    ),
    vscode.commands.registerCommand(commandIds.stepBoth, () =>
      withPair((pair) => travelBoth(live, pair, pair.position + 1)),
    ),
    vscode.commands.registerCommand(commandIds.runBoth, () =>
      withPair(async (pair) => {
        const { runToDifference } = await import("./runToDifference");
        return runToDifference(live, pair);
      }),
    ),
  );
}
