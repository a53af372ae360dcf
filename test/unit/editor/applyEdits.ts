import type { TextEdit } from "../../../src/editor/problems/fixes/edits";

/** The text after edits that all speak of the text before, as an editor applies them: from the last line up. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split("\n");
  for (const edit of [...edits].sort((left, right) => right.line - left.line)) {
    if (edit.kind === "insert-line") lines.splice(edit.line, 0, edit.newText);
    else if (edit.kind === "delete-line") lines.splice(edit.line, 1);
    else {
      const line = lines[edit.line];
      lines[edit.line] = line.slice(0, edit.column) + edit.newText + line.slice(edit.endColumn);
    }
  }
  return lines.join("\n");
}
