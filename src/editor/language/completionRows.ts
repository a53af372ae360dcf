import * as vscode from "vscode";
import { choiceFacts, type CompletionContext } from "../../language/services/completion";
import { renderOptionMarkdown, renderSignature, renderVerbMarkdown } from "../../language/services/signature";
import type { OptionDescription, VerbDescription } from "../../language/vocabulary/vocabularyTypes";
import { statisticLabel } from "../../machine/inspect/statisticTable";
import type { HandleState } from "../../machine/inspect/handleStates";
import type { NumberKind } from "../../machine/state/vacant";

const { CompletionItemKind } = vscode;

/** One row of the list of suggestions. */
export interface Row {
  readonly label: string;
  readonly kind: vscode.CompletionItemKind;
  /** Behind the label. */
  readonly detail?: string;
  /** What it means, in one line at the row's end. */
  readonly meaning?: string;
  /** What is inserted where it is not the label. */
  readonly insertText?: string | vscode.SnippetString;
  /** In the box beside the list, above the documentation. */
  readonly syntax?: string;
  /** Accepting the row opens the next suggestions. */
  readonly asksOn?: boolean;
  /** Makes the documentation, when the row is looked at. */
  readonly explain?: () => string;
}

/** The verbs that most lines of most scripts have, the most frequent first; others follow in the order of the reference. */
const everyday = [
  "heap",
  "alloc",
  "free",
  "pool",
  "vm",
  "write",
  "read",
  "realloc",
  "map",
  "translate",
  "load",
  "store",
];

/** Verbs by use, then as the vocabulary lists them. */
export function byUse(verbs: readonly VerbDescription[]): VerbDescription[] {
  const rank = ({ verb }: VerbDescription): number => {
    const at = everyday.indexOf(verb);
    return at < 0 ? everyday.length : at;
  };
  return [...verbs].sort((left, right) => rank(left) - rank(right));
}

export function verbRow(verb: VerbDescription): Row {
  return {
    label: verb.verb,
    kind: CompletionItemKind.Keyword,
    meaning: firstSentence(verb.doc),
    syntax: renderSignature(verb).label,
    // A verb that needs something is followed by it.
    ...(verb.patterns.every((pattern) => pattern.some(({ optional }) => optional !== true)) && {
      insertText: `${verb.verb} `,
      asksOn: true,
    }),
    explain: () => renderVerbMarkdown(verb),
  };
}

export function optionRow(option: OptionDescription, verb: VerbDescription | null): Row {
  return {
    label: `${option.name}=`,
    kind: CompletionItemKind.Property,
    ...(option.default !== undefined && { detail: option.default }),
    meaning: firstSentence(option.doc),
    asksOn: option.choices !== undefined,
    ...(verb !== null && { explain: () => renderOptionMarkdown(verb, option) }),
  };
}

/** A word of the syntax, or the value of an option: what it means, and whether it is the one that need not be written. */
export function wordRow(word: string, context: CompletionContext): Row {
  const facts = choiceFacts(context, word);
  const doc = facts?.doc ?? null;
  return {
    label: word,
    kind: CompletionItemKind.EnumMember,
    ...(facts?.isDefault === true && { detail: ` ${vscode.l10n.t("(default)")}` }),
    ...(doc !== null && { meaning: plain(doc), explain: () => doc }),
  };
}

/** Whole statements with places to fill, from the file that contributes them to VS Code. */
export async function snippetRows(file: vscode.Uri): Promise<Row[]> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const snippets = JSON.parse(text) as Readonly<Record<string, Snippet>>;
  return Object.values(snippets).map(({ prefix, body, description }) => ({
    label: prefix,
    kind: CompletionItemKind.Snippet,
    meaning: description,
    insertText: new vscode.SnippetString(typeof body === "string" ? body : body.join("\n")),
  }));
}

interface Snippet {
  readonly prefix: string;
  readonly body: string | readonly string[];
  readonly description: string;
}

export function statisticRow(name: string): Row {
  return {
    label: name,
    kind: CompletionItemKind.Constant,
    meaning: statisticLabel(name, (text) => vscode.l10n.t(text)),
  };
}

export function handleRow(name: string, state: HandleState | undefined): Row {
  return {
    label: name,
    kind: CompletionItemKind.Variable,
    ...(state !== undefined && { meaning: stateText(state) }),
  };
}

export function numberRow(value: string, kind: NumberKind): Row {
  return { label: value, kind: CompletionItemKind.Value, meaning: numberText(kind) };
}

/** Up to the first full stop, without the marks of Markdown. */
function firstSentence(doc: string): string {
  return plain(/^.*?[.:](?=\s|$)/.exec(doc)?.[0].slice(0, -1) ?? doc);
}

const plain = (markdown: string): string => markdown.replaceAll("`", "");

function numberText(kind: NumberKind): string {
  switch (kind) {
    case "free-frame":
      return vscode.l10n.t("free frame");
    case "unmapped-page":
      return vscode.l10n.t("page that is not mapped");
    case "mapped-page":
      return vscode.l10n.t("mapped page");
    case "mapped-address":
      return vscode.l10n.t("start of a mapped page");
  }
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
