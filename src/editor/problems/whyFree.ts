import * as vscode from "vscode";
import { words } from "../host/words";
import { parseLine } from "../../language/parsing/statements";
import type { Statement } from "../../language/parsing/syntax";
import { commandIds } from "../host/ids";
import type { CurrentMoment } from "../runs/CurrentMoment";

/** The `free` statement on a line. */
export function freeStatementOn(document: vscode.TextDocument, line: number): Statement | undefined {
  const parsed = parseLine(document.lineAt(line).text);
  return parsed.kind === "statement" && parsed.statement.verb === "free" ? parsed.statement : undefined;
}

/**
 * A dry run of the line's `free`: where the debugger stands, else before the line's last execution. The verdict, then
 * a line for each check; undefined when there is no `free` or no run.
 */
export async function whyFree(
  document: vscode.TextDocument,
  line: number,
  current: CurrentMoment,
  token?: vscode.CancellationToken,
): Promise<string[] | undefined> {
  const operand = freeStatementOn(document, line)?.operands["block"];
  if (operand?.kind !== "expression") return undefined;
  const { freeReportLines } = await import("../../machine/freeing/freeCheck");
  const moment = await current.of(document, { kind: "before", line }, token);
  return moment?.run.at(moment.position, ({ state }) => {
    const report = state.checkFree(operand.expression, words);
    return "error" in report ? [report.error] : freeReportLines(report);
  });
}

/** Offers the dry run on every line that frees. */
export class WhyFreeProvider implements vscode.CodeActionProvider {
  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const { line } = range.start;
    if (freeStatementOn(document, line) === undefined) return [];
    const title = vscode.l10n.t("Explain Why free Fails");
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { command: commandIds.whyFree, title, arguments: [document.uri, line] };
    return [action];
  }
}
