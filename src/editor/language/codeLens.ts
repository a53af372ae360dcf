import * as vscode from "vscode";
import { statementsYielding } from "../../language/parsing/statementsByLine";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import { commandIds } from "../host/ids";
import { lineRange } from "../host/positions";
import { programYielding } from "./programs";
import { readSettings } from "../host/settings";
import { runYielding } from "../runs/editorHost";

type Action = "run" | "debug" | "policies" | "pools" | "inspect" | "problems";

class ActionLens extends vscode.CodeLens {
  constructor(
    readonly document: vscode.TextDocument,
    line: number,
    readonly action: Action,
  ) {
    super(lineRange(document, line));
  }
}

/** Declarations past these get no lens: a generated script would be all lenses. */
const declarationsAtMost = 50;

const actionsOf: Readonly<Partial<Record<string, readonly Action[]>>> = {
  heap: ["policies", "inspect"],
  pool: ["pools", "inspect"],
  slab: ["pools", "inspect"],
  process: ["inspect"],
};

/** Above the script: run, debug, compare, and how many problems there are; above declarations what belongs to them. */
export class LensProvider implements vscode.CodeLensProvider<ActionLens> {
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(private readonly runs: BackgroundRuns) {
    this.onDidChangeCodeLenses = runs.onDidSettle;
  }

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<ActionLens[]> {
    if (!readSettings(document).codeLensEnabled) return [];
    const top = (["run", "debug", "policies", "problems"] as const).map(
      (action) => new ActionLens(document, 0, action),
    );
    const program = await programYielding(document, token);
    const declarations =
      program &&
      (await runYielding(
        statementsYielding(program, ({ verb }) => actionsOf[verb] !== undefined),
        token,
      ));
    const lower = (declarations ?? []).filter(({ line }) => 0 < line).slice(0, declarationsAtMost);
    const others = lower.flatMap(({ line, statement }) =>
      (actionsOf[statement.verb] ?? []).map((action) => new ActionLens(document, line, action)),
    );
    return [...top, ...others];
  }

  async resolveCodeLens(lens: ActionLens, token: vscode.CancellationToken): Promise<ActionLens> {
    const { document, action } = lens;
    if (action === "problems") {
      const run = await this.runs.settled(document, token);
      const count = run?.problems.length ?? 0;
      const title =
        count === 1 ? vscode.l10n.t("1 problem") : vscode.l10n.t("{0} problems", count === 0 ? "No" : count);
      lens.command = { command: "workbench.actions.view.problems", title };
    } else lens.command = { ...this.commands()[action], arguments: [document.uri] };
    return lens;
  }

  private commands(): Record<Exclude<Action, "problems">, vscode.Command> {
    return {
      run: { command: commandIds.runFile, title: vscode.l10n.t("Run") },
      debug: { command: commandIds.debugFile, title: vscode.l10n.t("Debug") },
      policies: { command: commandIds.comparePolicies, title: vscode.l10n.t("Compare Policies") },
      pools: { command: commandIds.comparePools, title: vscode.l10n.t("Compare with Heaps") },
      inspect: { command: commandIds.openInspector, title: vscode.l10n.t("Open Memory Inspector") },
    };
  }
}
