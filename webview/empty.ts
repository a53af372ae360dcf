import type { InspectorStrings } from "../src/inspector/strings";
import type { PanelContext } from "./context";
import { pushButton } from "./ui/button";
import { el } from "./ui/dom";
import { icon } from "./ui/icon";

/** What the panel says while there is no run: what to do, with the two buttons that do it. */
export function emptyState({ strings, post }: PanelContext): HTMLElement {
  const run = pushButton({
    label: strings.emptyRun,
    look: "primary",
    id: "runFile",
    press: () => post({ kind: "runFile" }),
  });
  const example = pushButton({
    label: strings.emptyExample,
    id: "openExample",
    press: () => post({ kind: "openExample" }),
  });
  return el(
    "div",
    { class: "empty" },
    icon("circuit-board"),
    el("h1", {}, strings.emptyTitle),
    el("p", {}, strings.emptyText),
    el("div", { class: "empty-actions" }, run.element, example.element),
    el("p", { class: "muted" }, strings.emptyHint),
  );
}

/** A run whose steps so far made no memory. */
export function nothingYet(strings: InspectorStrings): HTMLElement {
  return el("p", { class: "muted nothing" }, strings.emptyScript);
}
