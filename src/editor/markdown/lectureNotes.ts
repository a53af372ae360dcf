import * as vscode from "vscode";
import type { MemScriptApi } from "../api";
import { loadedOnce } from "../host/loadedOnce";
import { log, reasonOf } from "../host/log";
import type { NoteRenderer } from "./NoteRenderer";

/** The parts of markdown-it that are used here: how it renders a fenced block. */
export interface MarkdownIt {
  readonly renderer: { readonly rules: { fence?: RenderFence } };
}

/** What `activate` returns: the interface for other extensions, and what VS Code's Markdown preview asks for. */
export interface Exports extends MemScriptApi {
  extendMarkdownIt(markdown: MarkdownIt): MarkdownIt;
}

interface Fence {
  /** What stands behind the opening fence. */
  readonly info: string;
  readonly content: string;
}

type RenderFence = (
  fences: readonly Fence[],
  at: number,
  options: { readonly highlight?: unknown },
  environment: unknown,
  renderer: unknown,
) => string;

/** The info of a fence: `memscript`, then the name of a picture. */
const info = /^memscript\b\s*(\w*)/;

/**
 * Teaches VS Code's Markdown preview to draw memory at the end of each script in a text. The code that runs scripts is
 * loaded with the first one, and the preview is rendered again then.
 */
export function lectureNotes(): (markdown: MarkdownIt) => MarkdownIt {
  let renderer: NoteRenderer | undefined;
  const load = loadedOnce(async () => {
    const { NoteRenderer } = await import("./NoteRenderer");
    renderer = new NoteRenderer();
    await vscode.commands.executeCommand("markdown.preview.refresh");
  });
  return (markdown) => {
    const { rules } = markdown.renderer;
    const plain = rules.fence;
    if (plain === undefined) return markdown;
    rules.fence = (fences, at, options, ...rest) => {
      const fence = fences[at];
      const asked = info.exec(fence?.info.trim() ?? "");
      if (fence === undefined || asked === null) return plain(fences, at, options, ...rest);
      if (renderer === undefined) {
        load().catch((error: unknown) => log().error(`Pictures of memory cannot be loaded: ${reasonOf(error)}`));
        return `${plain(fences, at, options, ...rest)}<p class="memscript-note">${vscode.l10n.t("Drawing memory…")}</p>\n`;
      }
      const { code, figure } = renderer.render(fence.content, asked[1] ?? "", at);
      return plain(fences, at, { ...options, highlight: () => code }, ...rest) + figure;
    };
    return markdown;
  };
}
