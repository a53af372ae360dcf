import * as vscode from "vscode";
import { scriptFor } from "../host/scripts";
import { words } from "../host/words";
import type { CurrentMoment } from "../runs/CurrentMoment";
import { commandIds } from "../host/ids";
import { nameOf } from "../debugging/programUri";
import { showTextPage } from "./textPage";

/** Opens a plain-text summary of memory beside the script: the panel's facts for everybody, screen readers included. */
export function registerDescribeMemory(current: CurrentMoment): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.describeMemory, async () => {
    const document = await scriptFor(undefined);
    const moment = await current.of(document, { kind: "end" });
    if (moment === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("There is no run to describe: open a .memscript file or start the debugger."),
      );
      return undefined;
    }
    const { describeMemory, describeStep } = await import("../../machine/step/describe");
    const { run, position } = moment;
    const name = nameOf(run.uri);
    const text = run.at(position, (memory) =>
      [name, ...describeStep(memory, words), "", describeMemory(memory.state), ""].join("\n"),
    );
    await showTextPage(vscode.l10n.t("Memory of {0}", name), text);
    return text;
  });
}
