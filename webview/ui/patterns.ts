import { svg } from "./dom";

/** Patterns of lines, tiles of 6 × 6 pixels, for `fill: url("#id")`; the paths take their colour from the style sheet. */
export function linePatterns(look: string, patterns: Readonly<Record<string, string>>): SVGElement {
  const tiles = Object.entries(patterns).map(([id, d]) =>
    svg("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" }, svg("path", { class: look, d })),
  );
  return svg("defs", {}, ...tiles);
}

export const stripes = "M-1 1L1 -1M0 6L6 0M5 7L7 5";
export const dots = "M1 2h1.6M4 5h1.6";
