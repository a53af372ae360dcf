import type { ChangeKind } from "../../src/inspector/model";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { offerDrawing } from "../export/drawing";
import { pushButton } from "./button";
import { el, setAttributes, setText, type Child } from "./dom";

/** A heading with facts beside it, as VS Code's own views have them, and a button that saves the drawings of its section. */
export function sectionHeading(
  { strings, theme }: PanelContext,
  id: string,
  title: string,
  facts: string,
): HTMLElement {
  const heading = el("header", { class: "section-head" }, el("h2", { id }, title), el("p", { class: "muted" }, facts));
  const press = (): void => {
    const section = heading.parentElement;
    const drawings = section?.querySelector<HTMLElement>(":scope > .split-drawings") ?? section;
    if (drawings !== null) void offerDrawing(drawings, title, theme.colours);
  };
  const button = pushButton({ label: strings.exportDrawing, icon: "desktop-download", id: "exportDrawing", press });
  button.element.classList.add("export");
  heading.append(button.element);
  return heading;
}

export interface Fact {
  readonly name: string;
  readonly value: Child;
  /** The exact value where `value` is shortened. */
  readonly exact?: string;
}

/** Names above values, wrapping as the width allows. */
export function factList(facts: readonly Fact[], className: string): HTMLElement {
  const list = el("dl", { class: className });
  showFacts(list, facts);
  return list;
}

/** Makes a list show the facts; where the names are the same, only values change. */
export function showFacts(list: HTMLElement, facts: readonly Fact[]): void {
  const { children } = list;
  if (
    facts.some(({ name }, at) => children.item(at)?.firstChild?.textContent !== name) ||
    children.length > facts.length
  ) {
    const row = ({ name, value, exact }: Fact): HTMLElement =>
      el("div", { title: exact }, el("dt", {}, name), el("dd", {}, value));
    list.replaceChildren(...facts.map(row));
    return;
  }
  facts.forEach(({ value, exact }, at) => {
    setAttributes(children[at], { title: exact });
    const place = children[at].lastElementChild!;
    if (typeof value === "string") setText(place, value);
    else place.replaceChildren(...(value === null ? [] : [value]));
  });
}

/** A link to a line of the script; nothing where there is none. */
export function lineLink(context: PanelContext, line: number | null): HTMLElement | null {
  if (line === null) return null;
  const { strings } = context;
  const link = el("button", { class: "link", type: "button", "data-line": line }, format(strings.line, line + 1));
  link.setAttribute("aria-label", format(strings.goToLine, line + 1));
  link.addEventListener("click", () => context.post({ kind: "revealLine", line }));
  return link;
}

export function changeText(kind: ChangeKind, strings: InspectorStrings): string {
  const texts: Readonly<Record<ChangeKind, string>> = {
    allocated: strings.changeAllocated,
    freed: strings.changeFreed,
    merged: strings.changeMerged,
    split: strings.changeSplit,
    resized: strings.changeResized,
    moved: strings.changeMoved,
    grown: strings.changeGrown,
    written: strings.changeWritten,
    read: strings.changeRead,
    mapped: strings.changeMapped,
    unmapped: strings.changeUnmapped,
    protected: strings.changeProtected,
    translated: strings.changeTranslated,
  };
  return texts[kind];
}

/** One sample of a drawing's look with its name. */
export function legendEntry(kind: string, text: string): HTMLElement {
  return el("li", {}, el("span", { class: `swatch ${kind}`, "aria-hidden": "true" }), text);
}
