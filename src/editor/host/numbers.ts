import * as vscode from "vscode";

/** A whole number with the separators of thousands of the display language. */
export function numberText(value: number): string {
  return value.toLocaleString(vscode.env.language);
}
