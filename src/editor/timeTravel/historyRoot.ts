import * as vscode from "vscode";
import type { SelectedEvent } from "../../machine/events/EventSearch";
import { sentenceOf } from "../../machine/events/sentences";
import { words } from "../host/words";
import { numberText } from "../host/numbers";
import type { Moment } from "../runs/Run";

/** The question of a root, to ask it again. */
export type Question =
  { readonly kind: "life"; readonly argument: unknown } | { readonly kind: "query"; readonly text: string };

/** A subject with its events, or a question with its answers. */
export interface HistoryRoot {
  readonly kind: "root";
  readonly uri: vscode.Uri;
  /** Text of the script that was asked. */
  readonly script: string;
  readonly title: string;
  readonly question: Question;
  readonly events: readonly SelectedEvent[];
  readonly hasMore: boolean;
  readonly note: string | null;
}

export function notesOf({ note, hasMore, events }: HistoryRoot): string[] {
  if (note !== null) return [note];
  if (hasMore) return [vscode.l10n.t("The first {0} events of more", numberText(events.length))];
  return events.length === 0 ? [vscode.l10n.t("There is no such event in this run.")] : [];
}

export function countText({ events, hasMore }: HistoryRoot): string {
  const count = numberText(events.length);
  if (events.length === 1) return vscode.l10n.t("1 event");
  return hasMore ? vscode.l10n.t("more than {0} events", count) : vscode.l10n.t("{0} events", count);
}

/** Labels know no Markdown. */
export function plain(text: string): string {
  return text.replaceAll("`", "");
}

/** Roots as text, for the clipboard. */
export function historyText(roots: readonly HistoryRoot[]): string {
  const lines = roots.flatMap((root) => [
    `${root.title} (${countText(root)})`,
    ...notesOf(root).map((note) => `  ${note}`),
    ...root.events.map((selected) => {
      const { step, line } = selected.event;
      return `  step ${step}, line ${line + 1}: ${plain(sentenceOf(selected, words))}`;
    }),
  ]);
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

/** The script of a moment, as roots and destinations name it. */
export function scriptOf({ run }: Moment): Pick<HistoryRoot, "uri" | "script"> {
  return { uri: run.uri, script: run.text };
}
