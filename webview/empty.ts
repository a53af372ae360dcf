import type { PanelSnapshot } from "../src/inspector/model";
import { emptyParts } from "../src/inspector/parts";
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

/** What a panel without a run draws. */
export const nothing: PanelSnapshot = {
  title: "",
  run: 0,
  running: false,
  step: {
    position: 0,
    reached: 0,
    total: null,
    finished: false,
    line: null,
    text: "",
    story: "",
    nextLine: null,
    problems: [],
    problemCount: 0,
    problemSteps: [],
    breakpointSteps: [],
  },
  contents: [],
  parts: [],
  ...emptyParts,
};

/** A view without content at this step. */
export function nothingYet(text: string): HTMLElement {
  return el("p", { class: "muted nothing" }, text);
}
