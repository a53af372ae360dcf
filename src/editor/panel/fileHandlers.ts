import * as vscode from "vscode";
import { localiseStrings } from "../../inspector/strings";
import { nameOf } from "../debugging/programUri";
import { commandIds } from "../host/ids";
import type { Handlers } from "./handlers";
import { saveFile } from "./saveFile";
import { saveRows } from "./saveRows";
import type { ShownRun } from "./ShownRun";

/** Messages that open, run and write files. */
export function fileHandlers(
  subject: ShownRun,
): Handlers<"save" | "saveRows" | "openExample" | "exportReport" | "runFile"> {
  return {
    save: ({ name, files }) => saveFile(name, files),
    saveRows: async ({ region }) => {
      const moment = subject.moment();
      if (moment === undefined) return;
      const { program, uri } = moment.run;
      const strings = localiseStrings((text) => vscode.l10n.t(text));
      const { lifetimes } = subject.facts(moment);
      await saveRows({ program, uri, title: nameOf(uri), region, lifetimes, strings });
    },
    openExample: () => vscode.commands.executeCommand(commandIds.openExample),
    exportReport: () => vscode.commands.executeCommand(commandIds.exportReport, subject.moment()?.run.uri),
    runFile: () => vscode.commands.executeCommand(commandIds.runFile),
  };
}
