import { el, type Attributes, type Child } from "./dom";

/** What a section shows below its heading. */
interface SectionParts {
  readonly heading: HTMLElement;
  readonly stats?: readonly Child[];
  readonly drawings: readonly Child[];
  readonly tables: readonly Child[];
}

/** A section that has its numbers and tables beside the drawings where there is room, else above and below them. */
export function splitSection(attributes: Attributes, parts: SectionParts): HTMLElement {
  const { heading, stats = [], drawings, tables } = parts;
  return el(
    "section",
    { ...attributes, class: "section split" },
    heading,
    el("div", { class: "split-stats" }, ...stats),
    el("div", { class: "split-drawings" }, ...drawings),
    el("div", { class: "split-tables" }, ...tables),
  );
}
