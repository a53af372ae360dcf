import * as vscode from "vscode";
import type { LifetimeReplay } from "../../inspector/lifetimes/LifetimeReplay";
import { rowsHtml } from "../../inspector/rows/exportHtml";
import type { InspectorStrings } from "../../inspector/strings";
import type { Program } from "../../language/parsing/syntax";
import { withProgress } from "../commands/progress";
import { reasonOf } from "../host/log";
import { words } from "../host/words";
import { askWhere, besideScript } from "../host/saveDialog";

export interface SavedRows {
  readonly program: Program;
  readonly uri: vscode.Uri;
  readonly title: string;
  readonly region: string | null;
  readonly lifetimes: LifetimeReplay;
  readonly strings: InspectorStrings;
}

/** Asks where, and writes the rows of a run there as a page of its own. */
export async function saveRows({ program, uri, title, region, lifetimes, strings }: SavedRows): Promise<void> {
  const target = (await askWhere({ endings: ["html"], suggested: besideScript(uri, "html") }))?.uri;
  if (target === undefined) return;
  await withProgress(strings.rowsExport, async (host) => {
    try {
      await lifetimes.advance(Infinity, host);
      if (!lifetimes.isComplete) return;
      const lineText = (line: number): string => program.lines[line] ?? "";
      const page = rowsHtml(lifetimes.recorder, { title, region, strings, lang: vscode.env.language, lineText, words });
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(page));
    } catch (error) {
      void vscode.window.showErrorMessage(vscode.l10n.t("The page cannot be written: {0}", reasonOf(error)));
    }
  });
}
