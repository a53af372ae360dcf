import type * as vscode from "vscode";
import type { CompletionProvider } from "./completion";

/** A provider whose code is loaded when suggestions are first asked for. */
export function lazyCompletion(load: () => Promise<CompletionProvider>): vscode.CompletionItemProvider {
  return {
    provideCompletionItems: async (document, position, token) =>
      (await load()).provideCompletionItems(document, position, token),
    resolveCompletionItem: async (item) => (await load()).resolveCompletionItem(item),
  };
}
