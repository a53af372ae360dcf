import * as vscode from "vscode";
import { completionAt } from "../../language/completion";
import { renderOptionMarkdown, renderSignature, renderVerbMarkdown } from "../../language/signature";
import { symbolsOf } from "../../language/symbols";
import { statisticNames } from "../../machine/statistics";
import { rangeOf } from "../positions";
import { programOf } from "../programs";

const { CompletionItemKind } = vscode;

/** Offers what the vocabulary allows at the cursor: verbs, options, choices, and the names of this script. */
export class CompletionProvider implements vscode.CompletionItemProvider {
  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const text = document.lineAt(position.line).text;
    const context = completionAt(text, position.character);
    if (isInComment(text, position.character)) return [];
    const range = rangeOf(position.line, context.replace.start, context.replace.end);
    const items: vscode.CompletionItem[] = [];
    const add = (label: string, kind: vscode.CompletionItemKind, order: string): vscode.CompletionItem => {
      const item = new vscode.CompletionItem(label, kind);
      item.range = range;
      item.sortText = `${order}${label}`;
      items.push(item);
      return item;
    };
    for (const word of context.words) add(word, CompletionItemKind.EnumMember, "0");
    for (const { name, kind } of symbolsOf(programOf(document)).symbols.values()) {
      const isValue = kind === "handle" || kind === "variable";
      if (isValue ? context.handles : kind === context.names) {
        add(name, isValue ? CompletionItemKind.Variable : CompletionItemKind.Module, "1");
      }
    }
    for (const verb of context.verbs) {
      const item = add(verb.verb, CompletionItemKind.Keyword, "2");
      item.detail = renderSignature(verb).label;
      item.documentation = new vscode.MarkdownString(renderVerbMarkdown(verb));
    }
    for (const option of context.options) {
      const item = add(`${option.name}=`, CompletionItemKind.Property, "3");
      if (context.verb !== null) {
        item.documentation = new vscode.MarkdownString(renderOptionMarkdown(context.verb, option));
      }
      if (option.choices !== undefined) item.command = { command: "editor.action.triggerSuggest", title: "" };
    }
    if (context.statistics) for (const name of statisticNames) add(name, CompletionItemKind.Constant, "4");
    return items;
  }
}

function isInComment(text: string, column: number): boolean {
  // A number sign within a string starts no comment.
  const before = text.slice(0, column).replace(/"(?:[^"\\]|\\.)*"?/g, "");
  return before.includes("#");
}
