import * as vscode from "vscode";
import { Words } from "../../language/Words";

/** Sentences in the display language of VS Code. */
export const words = new Words(vscode.l10n.t);
