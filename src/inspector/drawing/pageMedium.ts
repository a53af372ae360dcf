import { isFixed, type MeasureText, type Role } from "./displayList";
import type { SvgMedium } from "./svg";

/** Variables of a page's style sheet for the colours of its drawings and texts: light and dark as the reader has it. */
export const pageColours = `:root {
  color-scheme: light dark;
  --text: #1f2328; --quiet: #57606a; --ground: #ffffff; --raised: #f6f8fa; --line: #d0d7de; --link: #0550ae;
  --used: #2f6fd0; --free: #6e7781; --leaked: #c62828; --warning: #8a5a00; --faults: #7d3fc4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --quiet: #9da7b3; --ground: #0d1117; --raised: #161b22; --line: #30363d; --link: #79b8ff;
    --used: #5c9bf5; --free: #9da7b3; --leaked: #ff7b72; --warning: #e3b341; --faults: #c29bff;
  }
}`;

const variables: Readonly<Record<Role, string>> = {
  foreground: "text",
  muted: "quiet",
  background: "ground",
  grid: "line",
  used: "used",
  free: "free",
  leaked: "leaked",
  changed: "warning",
  link: "link",
  focus: "link",
  largest: "link",
  fragmentation: "faults",
  error: "leaked",
};

/** For drawings in a page with {@link pageColours}; `id` begins the ids of one drawing. */
export function pageMedium(id: string): SvgMedium {
  return {
    colourOf: (ink) => ({ colour: isFixed(ink) ? ink : `var(--${variables[ink]})`, alpha: 1 }),
    familyOf: ({ family }) => (family === "monospace" ? "ui-monospace, monospace" : "system-ui, sans-serif"),
    id,
  };
}

/** A page is laid out by its reader: letters are taken to be as wide as those of most monospaced fonts. */
export const pageMeasure: MeasureText = (text, { size }) => text.length * size * 0.6;
