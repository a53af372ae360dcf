import type * as vscode from "vscode";
import type { SelectedEvent } from "../../machine/events/EventSearch";
import { sentenceOf } from "../../machine/events/sentences";
import { words } from "../host/words";
import { plain, type HistoryRoot } from "./historyRoot";

/** A step of a run to travel to; plain data, for command arguments. */
export interface Destination {
  readonly uri: vscode.Uri;
  /** Text of the script that the step is one of. */
  readonly script: string;
  readonly step: number;
  /** 0-based. */
  readonly line: number;
  readonly name: string;
  readonly text: string;
}

export function destinationOf(
  { uri, script }: Pick<HistoryRoot, "uri" | "script">,
  selected: SelectedEvent,
): Destination {
  const { step, line, kind } = selected.event;
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return { uri, script, step, line, name, text: plain(sentenceOf(selected, words)) };
}
