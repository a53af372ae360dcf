import { escapeHtml } from "./html";

/** A piece of HTML or SVG that is safe to put into a page. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = string | number | null | Markup | readonly (Markup | null)[];

/** Markup from a template: whatever is put into it is escaped unless it is markup itself. Null is nothing. */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = template[0];
  for (const [at, part] of parts.entries()) text += textOf(part) + template[at + 1];
  return new Markup(text);
}

function textOf(part: Part): string {
  if (part === null) return "";
  if (part instanceof Markup) return part.text;
  return typeof part === "object" ? part.map((inner) => inner?.text ?? "").join("") : escapeHtml(String(part));
}

/** What stands between backticks is code. */
export function prose(text: string): Markup[] {
  return text.split(/(`[^`]+`)/).map((part) => {
    return /^`[^`]+`$/.test(part) ? markup`<code>${part.slice(1, -1)}</code>` : markup`${part}`;
  });
}
