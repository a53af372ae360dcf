import type { PanelSnapshot } from "../../src/inspector/model";
import type { PanelContext } from "../context";
import { el } from "../ui/dom";
import { count } from "../ui/numbers";
import { factList, sectionHeading, showFacts } from "../ui/parts";
import type { View } from "../views/View";

/** How far the run is. */
export class StepsView implements View {
  readonly element: HTMLElement;
  private readonly facts = factList([], "facts");

  constructor(private readonly context: PanelContext) {
    const { strings } = context;
    const heading = sectionHeading(context, "steps", strings.viewSteps, "");
    this.element = el("section", { class: "section", "aria-labelledby": "steps" }, heading, this.facts);
  }

  update({ step: { position, total, reached } }: PanelSnapshot): void {
    const { columnStep, viewSteps } = this.context.strings;
    showFacts(this.facts, [
      { name: columnStep, value: count(position) },
      { name: viewSteps, value: count(total ?? reached) },
    ]);
  }

  repaint(): void {
    // Text takes its colours from the style sheet.
  }
}
