import * as vscode from "vscode";
import type { MomentReader } from "../../machine/run/readers";
import { scriptFor } from "../host/scripts";
import type { Words } from "../../language/Words";
import type { Problem } from "../../machine/problems/Problem";
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
    const { describeMemory } = await import("../../machine/step/describe");
    const { messageOf } = await import("../../machine/problems/Problem");
    const { run, position } = moment;
    const name = nameOf(run.uri);
    const text = run.at(position, (memory) =>
      [name, ...summary(memory, messageOf), "", describeMemory(memory.state), ""].join("\n"),
    );
    await showTextPage(vscode.l10n.t("Memory of {0}", name), text);
    return text;
  });
}

/** The line that ran last, what it did, and the problems so far. */
function summary({ record, problems }: MomentReader, messageOf: (problem: Problem, words: Words) => string): string[] {
  const lines = record === undefined ? [] : [`Line ${record.line + 1}: ${record.text}`, record.story];
  lines.push(`Problems so far: ${problems.length}`);
  for (const problem of problems) {
    lines.push(`  line ${problem.line + 1}: ${messageOf(problem, words)} [${problem.id}]`);
  }
  return lines;
}
