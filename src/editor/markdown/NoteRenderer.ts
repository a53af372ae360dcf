import * as vscode from "vscode";
import { note, noteViews, type Note } from "../../inspector/notes/note";
import { localiseStrings } from "../../inspector/strings";
import { words } from "../host/words";

/** Notes kept: an edit of a text renders all of it again, and changes one script of it at most. */
const mostKept = 64;

/** Renders the scripts of Markdown texts, each once. */
export class NoteRenderer {
  private readonly known = new Map<string, Note>();
  private readonly texts = {
    strings: localiseStrings((text) => vscode.l10n.t(text)),
    lang: vscode.env.language,
    words,
  };

  /**
   * @param view is the word after `memscript`; one that names no picture is as none.
   * @param at is the place of the script in its text.
   */
  render(script: string, view: string, at: number): Note {
    const key = `${at} ${view} ${script}`;
    let found = this.known.get(key);
    if (found === undefined) {
      if (this.known.size >= mostKept) this.known.clear();
      found = note(script, noteViews.find((name) => name === view) ?? null, `memscript-${at}`, this.texts);
      this.known.set(key, found);
    }
    return found;
  }
}
