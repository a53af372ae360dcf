import * as vscode from "vscode";
import { toHex } from "../../engine/address";
import { completionAt, type CompletionContext } from "../../language/services/completion";
import type { ProgramSymbol } from "../../language/services/ProgramSymbol";
import { symbolsOf } from "../../language/services/symbols";
import type { Program } from "../../language/parsing/syntax";
import { operandsOf } from "../../language/vocabulary/vocabulary";
import { statisticNames } from "../../machine/inspect/statisticTable";
import type { HandleState } from "../../machine/inspect/handleStates";
import { numbersFor, type Numbers } from "../../machine/state/vacant";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import { handleStatesOf } from "../runs/handleStatesOf";
import { loadedOnce } from "../host/loadedOnce";
import { rangeOf } from "../host/positions";
import { runYielding } from "../runs/editorHost";
import {
  byUse,
  handleRow,
  numberRow,
  optionRow,
  type Row,
  statisticRow,
  verbRow,
  wordRow,
  snippetRows,
} from "./completionRows";
import { namedProgram } from "./programs";

interface Item extends vscode.CompletionItem {
  explain?: () => string;
}

/** Names up to which the list is made again at each key, without what is written already. */
const fewNames = 1000;

/** Offers what the vocabulary allows at the cursor: verbs, options, choices, and the names of this script. */
export class CompletionProvider implements vscode.CompletionItemProvider<Item> {
  private readonly snippets: () => Promise<readonly Row[]>;

  /** @param snippets is the file that contributes them to VS Code. */
  constructor(
    private readonly runs: BackgroundRuns,
    snippets: vscode.Uri,
  ) {
    this.snippets = loadedOnce(() => snippetRows(snippets));
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionList<Item>> {
    const text = document.lineAt(position.line).text;
    const context = completionAt(text, position.character);
    const items: Item[] = [];
    const program = isInComment(text, position.character) ? undefined : await namedProgram(document, token);
    if (program === undefined) return new vscode.CompletionList(items);
    const range = rangeOf(position.line, context.replace.start, context.replace.end);
    const typed = text.slice(context.replace.start, position.character);
    const numbers = this.numbersAt(document, position.line, context);
    const groups = [
      this.numberRows(numbers),
      context.words.map((word) => wordRow(word, context)),
      await this.nameRows(document, position.line, program, context, numbers !== null, token),
      byUse(context.verbs).map(verbRow),
      context.options.map((option) => optionRow(option, context.verb)),
      context.statistics ? statisticNames.map(statisticRow) : [],
      context.isStart ? await this.snippets() : [],
    ];
    for (const [group, rows] of groups.entries()) {
      for (const [place, row] of rows.entries()) {
        // What is written already is no suggestion.
        if (row.label === typed) continue;
        const item = itemOf(row, range);
        item.sortText = `${group}${String(place).padStart(6, "0")}`;
        items.push(item);
      }
    }
    return new vscode.CompletionList(items, symbolsOf(program).size <= fewNames);
  }

  resolveCompletionItem(item: Item): Item {
    if (item.explain !== undefined) item.documentation = new vscode.MarkdownString(item.explain());
    return item;
  }

  private numberRows(numbers: Numbers | null): Row[] {
    if (numbers === null) return [];
    const { kind, values } = numbers;
    return values.map((value) => numberRow(kind === "mapped-address" ? toHex(value) : String(value), kind));
  }

  /** Names of the script that may stand here, in the order of their first lines. */
  private async nameRows(
    document: vscode.TextDocument,
    line: number,
    program: Program,
    context: CompletionContext,
    wantsNumbers: boolean,
    token: vscode.CancellationToken,
  ): Promise<Row[]> {
    const rows: Row[] = [];
    const wantsLive = operandsOf(context.verb ?? undefined).some(({ live }) => live === true);
    const stateAbove = await this.statesAbove(document, line, token);
    const hasRun = this.runs.latest(document.uri) !== undefined;
    for (const symbol of symbolsOf(program).values()) {
      const { name, kind } = symbol;
      const isHere =
        kind === "handle" ? context.handles : kind === "variable" ? context.variables : kind === context.names;
      if (!isHere || isBoundOn(symbol, line)) continue;
      const state = kind === "handle" ? stateAbove(name) : undefined;
      // A block that is gone can only be freed twice or used after that, and one to come not at all.
      if (wantsLive && (state === "freed" || state === "moved")) continue;
      if (wantsLive && hasRun && state === undefined && isBoundBelow(symbol, line)) continue;
      // A block is neither a page nor a frame.
      if (wantsNumbers && state !== undefined) continue;
      rows.push(
        kind === "handle" || kind === "variable"
          ? handleRow(name, state)
          : { label: name, kind: vscode.CompletionItemKind.Module },
      );
    }
    return rows;
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

function itemOf({ label, kind, detail, meaning, insertText, syntax, asksOn, explain }: Row, range: vscode.Range): Item {
  const item: Item = new vscode.CompletionItem(
    { label, ...(detail !== undefined && { detail }), ...(meaning !== undefined && { description: meaning }) },
    kind,
  );
  item.range = range;
  if (syntax !== undefined) item.detail = syntax;
  if (insertText !== undefined) item.insertText = insertText;
  if (asksOn === true) item.command = { command: "editor.action.triggerSuggest", title: "" };
  if (explain !== undefined) item.explain = explain;
  return item;
}

/** Whether all lines that bind a handle come after the line. */
function isBoundBelow(symbol: ProgramSymbol, line: number): boolean {
  return symbol.kind === "handle" && line < symbol.firstBound;
}

/** Whether the line is the first to bind the name: it is no value there. */
function isBoundOn(symbol: ProgramSymbol, line: number): boolean {
  return symbol.kind === "handle" && symbol.firstBound === line;
}

function isInComment(text: string, column: number): boolean {
  // A number sign within a string starts no comment.
  const before = text.slice(0, column).replace(/"(?:[^"\\]|\\.)*"?/g, "");
  return before.includes("#");
}
