import type { Program } from "../../language/parsing/syntax";
import { tokensOfLine, type SourceTokenKind } from "../../language/services/queries";
import { markup, type Markup } from "../markup";

/** Classes of highlight.js, which the style sheets of Markdown previews colour. */
const classes: Partial<Readonly<Record<SourceTokenKind, string>>> = {
  verb: "hljs-keyword",
  option: "hljs-attr",
  word: "hljs-literal",
  number: "hljs-number",
  string: "hljs-string",
  comment: "hljs-comment",
};

/** The text of a script with its words coloured. */
export function highlight(program: Program): Markup {
  const lines = program.lines.map((text, line) => {
    const parts: (Markup | null)[] = [];
    let at = 0;
    for (const { kind, span } of tokensOfLine(program, line)) {
      const name = classes[kind];
      if (name === undefined) continue;
      parts.push(markup`${text.slice(at, span.start)}<span class="${name}">${text.slice(span.start, span.end)}</span>`);
      at = span.end;
    }
    return markup`${parts}${text.slice(at)}
`;
  });
  return markup`${lines}`;
}
