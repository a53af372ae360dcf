import * as vscode from "vscode";
import { commandIds } from "../host/ids";
import { revealLine } from "../panel/revealLine";
import { MemoryNode } from "./MemoryNode";
import type { Traveller } from "./Traveller";

/** Commands of the Memory view's nodes. */
export function memoryCommands(
  traveller: Traveller,
): Readonly<Record<"showInInspector" | "goToAllocation" | "copyAddress", (node: unknown) => Promise<void>>> {
  return {
    showInInspector: async (node) => {
      if (node instanceof MemoryNode) await vscode.commands.executeCommand(commandIds.openInspector, node.address);
    },
    goToAllocation: async (node) => {
      const moment = traveller.now();
      if (moment === undefined || !(node instanceof MemoryNode)) return;
      const { run, position } = moment;
      const line = run.at(position, ({ state }) => {
        const subject = node.subject(state);
        return subject?.kind === "block" ? state.allocation(subject.allocation)?.line : undefined;
      });
      if (line !== undefined) await revealLine(run.uri, line);
      else void vscode.window.showInformationMessage(vscode.l10n.t("Nobody has allocated this block."));
    },
    copyAddress: async (node) => {
      if (node instanceof MemoryNode && node.address !== undefined) await vscode.env.clipboard.writeText(node.address);
    },
  };
}
