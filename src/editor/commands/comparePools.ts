import * as vscode from "vscode";
import { poolCompareView } from "../../inspector/compareView";
import { drive, type WorkHost } from "../../language/coroutines";
import type { PoolComparison } from "../../machine/compare/pools";
import { commandIds } from "../host/ids";
import { log, reasonOf } from "../host/log";
import type { Compared } from "../panel/compared";
import { nameOf } from "../debugging/programUri";
import { programAt } from "../language/programs";
import { readSettings } from "../host/settings";
import { withProgress } from "./progress";
import { scriptFor } from "../host/scripts";

/**
 * Repeats what a pool or slab cache of a script served in a pool, a slab cache and a heap of each policy, and shows
 * them side by side. Asks which pool when the script has several and the caller names none.
 */
export function registerComparePools(show: (compared: Compared) => Promise<void>): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.comparePools, async (target: unknown, options: unknown) => {
    const uri = target instanceof vscode.Uri ? target : (await scriptFor(undefined))?.uri;
    if (uri === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Open a .memscript file first."));
      return undefined;
    }
    try {
      const title = vscode.l10n.t("Comparing pools with heaps on {0}", nameOf(uri));
      const comparisons = await withProgress(title, (host) => compare(uri, host));
      const comparison = comparisons === undefined ? undefined : await choose(comparisons, poolOf(options));
      if (comparison === undefined) return undefined;
      const view = poolCompareView(nameOf(uri), comparison, (text) => vscode.l10n.t(text));
      await show({ uri, view });
      return view;
    } catch (error) {
      log().error(`Comparing pools on ${uri.toString()} failed: ${reasonOf(error)}`);
      void vscode.window.showErrorMessage(
        vscode.l10n.t("Pools cannot be compared on {0}: {1}", nameOf(uri), reasonOf(error)),
      );
      return undefined;
    }
  });
}

/** `{ pool: "nodes" }`, from another command or a key binding. */
function poolOf(options: unknown): string | undefined {
  const given = (options as { readonly pool?: unknown } | null | undefined)?.pool;
  return typeof given === "string" ? given : undefined;
}

/** Undefined when cancelled. */
async function compare(uri: vscode.Uri, host: WorkHost): Promise<PoolComparison[] | undefined> {
  const { comparePools } = await import("../../machine/compare/pools");
  return drive(comparePools(await programAt(uri), readSettings(uri).limits), host);
}

/** The named one, the only one, or the one that the user picks. */
async function choose(
  comparisons: readonly PoolComparison[],
  wanted: string | undefined,
): Promise<PoolComparison | undefined> {
  const named = comparisons.filter(({ name }) => wanted === undefined || name === wanted);
  if (named.length === 0) {
    void vscode.window.showInformationMessage(
      wanted === undefined
        ? vscode.l10n.t("The script has no pool and no slab cache.")
        : vscode.l10n.t("The script has no pool or slab cache {0}.", wanted),
    );
  }
  if (named.length < 2) return named.at(0);
  const items = named.map((comparison) => ({
    label: comparison.name,
    description: vscode.l10n.t("{0} allocations of blocks of {1} bytes", comparison.allocations, comparison.blockSize),
    comparison,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Compare Pools with Heaps"),
    placeHolder: vscode.l10n.t("Pool or slab cache whose requests every allocator serves"),
  });
  return picked?.comparison;
}
