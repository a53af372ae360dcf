import * as vscode from "vscode";
import { commandIds } from "../host/ids";
import { revealLine } from "../panel/revealLine";
import { MemoryNode } from "./MemoryNode";
import type { CurrentMoment } from "./CurrentMoment";

/** Commands of the Memory view's nodes. */
export function memoryCommands(
  moments: CurrentMoment,
): Readonly<Record<"showInInspector" | "goToAllocation" | "copyAddress", (node: unknown) => Promise<void>>> {
  return {
    showInInspector: async (node) => {
      if (node instanceof MemoryNode) await vscode.commands.executeCommand(commandIds.openInspector, node.address);
    },
    goToAllocation: async (node) => {
      const moment = moments.now();
      if (moment === undefined || !(node instanceof MemoryNode)) return;
      const { state } = moment.history;
      const subject = node.subject(state);
      const block = subject?.kind === "block" ? state.allocation(subject.allocation) : undefined;
      if (block !== undefined) await revealLine(moment.uri, block.line);
      else void vscode.window.showInformationMessage(vscode.l10n.t("Nobody has allocated this block."));
    },
    copyAddress: async (node) => {
      if (node instanceof MemoryNode && node.address !== undefined) await vscode.env.clipboard.writeText(node.address);
    },
  };
}
