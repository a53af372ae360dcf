import * as vscode from "vscode";
import { commandIds, debugType } from "../host/ids";

/** Shows the numbers of the session that the user looks at in hexadecimal or in decimal; gives whether hexadecimal. */
export function registerToggleHexadecimal(): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.toggleHexadecimal, async () => {
    const session = vscode.debug.activeDebugSession;
    if (session?.type !== debugType) return undefined;
    const { hex } = (await session.customRequest("memscript/format")) as { hex: boolean };
    return hex;
  });
}
