import * as vscode from "vscode";
import { choiceFacts, completionAt, type CompletionContext } from "../../language/services/completion";
import { renderOptionMarkdown, renderSignature, renderVerbMarkdown } from "../../language/services/signature";
import type { ProgramSymbol } from "../../language/services/ProgramSymbol";
import { symbolsOf } from "../../language/services/symbols";
import { operandsOf } from "../../language/vocabulary/vocabulary";
import { verbSnippet } from "../../language/vocabulary/verbSnippet";
import { statisticLabel, statisticNames } from "../../machine/inspect/statisticTable";
import type { HandleState } from "../../machine/inspect/handleStates";
import { numbersFor, type NumberKind, type Numbers } from "../../machine/state/vacant";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import { handleStatesOf } from "../runs/handleStatesOf";
import { rangeOf } from "../host/positions";
import { runYielding } from "../runs/editorHost";
import { namedProgram } from "./programs";

const { CompletionItemKind } = vscode;

interface Item extends vscode.CompletionItem {
  /** Makes the documentation, when somebody looks at the item. */
  explain?: () => string;
}

/** Offers what the vocabulary allows at the cursor: verbs, options, choices, and the names of this script. */
export class CompletionProvider implements vscode.CompletionItemProvider<Item> {
  constructor(private readonly runs: BackgroundRuns) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<Item[]> {
    const text = document.lineAt(position.line).text;
    const context = completionAt(text, position.character);
    if (isInComment(text, position.character)) return [];
    const program = await namedProgram(document, token);
    if (program === undefined) return [];
    const range = rangeOf(position.line, context.replace.start, context.replace.end);
    const items: Item[] = [];
    const add = (label: string, kind: vscode.CompletionItemKind, order: string): Item => {
      const item: Item = new vscode.CompletionItem(label, kind);
      item.range = range;
      item.sortText = `${order}${label}`;
      items.push(item);
      return item;
    };
    const numbers = this.numbersAt(document, position.line, context);
    for (const [index, value] of (numbers?.values ?? []).entries()) {
      const item = add(String(value), CompletionItemKind.Value, `0${index} `);
      if (numbers !== null) item.detail = numberText(numbers.kind);
    }
    const wantsLive = operandsOf(context.verb ?? undefined).some(({ live }) => live === true);
    const stateAbove = await this.statesAbove(document, position.line, token);
    const hasRun = this.runs.latest(document.uri) !== undefined;
    for (const word of context.words) explainChoice(add(word, CompletionItemKind.EnumMember, "0"), context, word);
    for (const symbol of symbolsOf(program).values()) {
      const { name, kind } = symbol;
      const isValue = kind === "handle" || kind === "variable";
      if (isValue ? context.handles : kind === context.names) {
        const state = kind === "handle" ? stateAbove(name) : undefined;
        // A block that is gone can only be freed twice or used after that, and one to come not at all.
        if (wantsLive && (state === "freed" || state === "moved")) continue;
        if (wantsLive && hasRun && state === undefined && isBoundBelow(symbol, position.line)) continue;
        // A block is neither a page nor a frame.
        if (numbers !== null && state !== undefined) continue;
        const item = add(name, isValue ? CompletionItemKind.Variable : CompletionItemKind.Module, "1");
        if (state !== undefined) item.detail = stateText(state);
      }
    }
    for (const verb of context.verbs) {
      const item = add(verb.verb, CompletionItemKind.Keyword, "2");
      item.detail = renderSignature(verb).label;
      item.explain = () => renderVerbMarkdown(verb);
      const snippet = verbSnippet(verb);
      if (snippet === null) continue;
      item.insertText = new vscode.SnippetString(snippet.text);
      if (snippet.isSuggested) item.command = { command: "editor.action.triggerSuggest", title: "" };
    }
    for (const option of context.options) {
      const item = add(`${option.name}=`, CompletionItemKind.Property, "3");
      const { verb } = context;
      if (verb !== null) item.explain = () => renderOptionMarkdown(verb, option);
      if (option.choices !== undefined) item.command = { command: "editor.action.triggerSuggest", title: "" };
    }
    if (context.statistics) {
      for (const name of statisticNames) {
        const item = add(name, CompletionItemKind.Constant, "4");
        item.detail = statisticLabel(name, (text) => vscode.l10n.t(text));
      }
    }
    return items;
  }

  resolveCompletionItem(item: Item): Item {
    if (item.explain !== undefined) item.documentation = new vscode.MarkdownString(item.explain());
    return item;
  }

  /** Free frames, free or mapped pages as of the line, where one of them comes next. */
  private numbersAt(
    document: vscode.TextDocument,
    line: number,
    { verb, parameter }: CompletionContext,
  ): Numbers | null {
    const run = this.runs.latest(document.uri);
    if (run === undefined || verb === null || parameter === null) return null;
    return run.at(run.lineSteps.lastAtOrAbove(line - 1), ({ state: { vm } }) =>
      vm === null ? null : numbersFor(vm, verb.verb, parameter, numbersAtMost),
    );
  }

  /** What handles are before a line, in the latest run: lines above the cursor are as they were then, as a rule. */
  private async statesAbove(
    document: vscode.TextDocument,
    line: number,
    token: vscode.CancellationToken,
  ): Promise<(name: string) => HandleState | undefined> {
    const run = this.runs.latest(document.uri);
    const states = run && (await runYielding(handleStatesOf(run), token));
    const step = run?.lineSteps.lastAtOrAbove(line - 1) ?? 0;
    return (name) => states?.stateAt(name, step);
  }
}

const numbersAtMost = 5;

function numberText(kind: NumberKind): string {
  switch (kind) {
    case "free-frame":
      return vscode.l10n.t("free frame");
    case "unmapped-page":
      return vscode.l10n.t("page that is not mapped");
    case "mapped-page":
      return vscode.l10n.t("mapped page");
  }
}

/** Whether all lines that bind a handle come after the line. */
function isBoundBelow(symbol: ProgramSymbol, line: number): boolean {
  return symbol.kind === "handle" && line < symbol.firstBound;
}

/** Of the value of an option: what it means, and whether it is the one that need not be written. */
function explainChoice(item: Item, context: CompletionContext, word: string): void {
  const facts = choiceFacts(context, word);
  if (facts?.isDefault === true) item.detail = vscode.l10n.t("(default)");
  const doc = facts?.doc ?? null;
  if (doc !== null) item.explain = () => doc;
}

function stateText(state: HandleState): string {
  switch (state) {
    case "live":
      return vscode.l10n.t("live");
    case "leaked":
      return vscode.l10n.t("live, leaks at the end");
    case "freed":
      return vscode.l10n.t("freed");
    case "moved":
      return vscode.l10n.t("moved by realloc");
  }
}

function isInComment(text: string, column: number): boolean {
  // A number sign within a string starts no comment.
  const before = text.slice(0, column).replace(/"(?:[^"\\]|\\.)*"?/g, "");
  return before.includes("#");
}
