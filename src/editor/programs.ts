import type * as vscode from "vscode";
import { parse } from "../language/parser";
import type { Program } from "../language/syntax";

const programs = new WeakMap<vscode.TextDocument, { readonly version: number; readonly program: Program }>();

/** The parsed script of a document's present version; parsed once a version, whoever asks. */
export function programOf(document: vscode.TextDocument): Program {
  const known = programs.get(document);
  if (known?.version === document.version) return known.program;
  const program = parse(document.getText());
  programs.set(document, { version: document.version, program });
  return program;
}
