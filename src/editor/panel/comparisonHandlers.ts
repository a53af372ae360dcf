import * as vscode from "vscode";
import { toCsv } from "../../machine/compare/comparisonTable";
import { commandIds } from "../host/ids";
import type { Compared, ComparedMemory } from "./compared";
import type { Handlers } from "./handlers";
import { revealLine } from "./revealLine";

/** Messages about the comparison that is shown; without one they do nothing. */
export function comparisonHandlers(
  memory: ComparedMemory,
): Handlers<"revealCompared" | "compareAgain" | "copyComparison" | "closeComparison"> {
  const withCurrent = (act: (compared: Compared) => Promise<void>): Promise<void> | undefined =>
    memory.current === null ? undefined : act(memory.current);
  return {
    revealCompared: ({ line }) => withCurrent(({ uri }) => revealLine(uri, line)),
    compareAgain: () => withCurrent(compareAgain),
    copyComparison: () =>
      withCurrent(async ({ view }) => {
        const tables = [view.table, ...(view.parts ?? []).map(({ table }) => table)];
        const filled = tables.filter(({ rows }) => rows.length > 0);
        await vscode.env.clipboard.writeText(filled.map(toCsv).join("\n"));
        vscode.window.setStatusBarMessage(vscode.l10n.t("The comparison is on the clipboard."), 3000);
      }),
    closeComparison: () => withCurrent(() => memory.show(null)),
  };
}

async function compareAgain({ uri, view }: Compared): Promise<void> {
  if (view.pool !== null) {
    await vscode.commands.executeCommand(commandIds.comparePools, uri, { pool: view.pool });
    return;
  }
  if (view.again !== undefined) {
    await vscode.commands.executeCommand(commandIds.comparePolicies, uri, view.again);
    return;
  }
  const policies = view.table.rows.filter(({ isIdeal }) => !isIdeal).map(({ name }) => name);
  await vscode.commands.executeCommand(commandIds.comparePolicies, uri, { policies });
}
