import type { PanelContext } from "../context";
import { el } from "../ui/dom";
import type { View } from "../views/View";
import { CompareSection } from "./CompareSection";

/** The comparison that the host sent last. */
export class ComparisonView implements View {
  readonly element = el("div", { class: "sections" });
  private section: CompareSection | null = null;
  private shown: unknown = null;

  constructor(private readonly context: PanelContext) {}

  update(): void {
    const { comparison } = this.context;
    if (comparison !== this.shown) {
      this.dispose();
      this.shown = comparison;
      this.section = comparison === null ? null : new CompareSection(this.context, comparison);
      this.element.replaceChildren(...(this.section === null ? [] : [this.section.element]));
    }
    this.section?.repaint();
  }

  repaint(): void {
    this.section?.repaint();
  }

  dispose(): void {
    this.section?.dispose();
    this.section = null;
    this.shown = null;
  }
}
