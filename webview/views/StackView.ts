import type { Snapshot } from "../../src/inspector/model";
import type { FocusTarget } from "../../src/inspector/protocol";
import type { Selection } from "../../src/inspector/selection";
import type { PanelContext, Section } from "../context";
import { el } from "../ui/dom";
import type { View } from "./View";

/** Sections by their keys, in the order of the page. */
export type Sections = ReadonlyMap<string, () => Section>;

/** A view of sections one above the other, as many as the snapshot has regions. */
export class StackView implements View {
  readonly element = el("div", { class: "sections" });
  private readonly sections = new Map<string, Section>();

  constructor(
    private readonly context: PanelContext,
    private readonly wanted: (snapshot: Snapshot, context: PanelContext) => Sections,
  ) {}

  update(snapshot: Snapshot): void {
    const wanted = this.wanted(snapshot, this.context);
    for (const [key, section] of this.sections) {
      if (wanted.has(key)) continue;
      section.dispose?.();
      this.sections.delete(key);
    }
    for (const [key, make] of wanted) if (!this.sections.has(key)) this.sections.set(key, this.opened(make()));
    const order = [...wanted.keys()].map((key) => this.sections.get(key)!.element);
    // Moving an element would lose its focus: the children are touched only when they differ.
    const { children } = this.element;
    if (order.length !== children.length || order.some((child, at) => children[at] !== child)) {
      this.element.replaceChildren(...order);
    }
    for (const section of this.sections.values()) section.update(snapshot);
  }

  repaint(): void {
    for (const section of this.sections.values()) section.repaint();
  }

  select(selection: Selection | null): void {
    for (const section of this.sections.values()) section.select?.(selection);
  }

  focus(target: FocusTarget): boolean {
    for (const section of this.sections.values()) if (section.focus?.(target) === true) return true;
    return false;
  }

  dispose(): void {
    for (const section of this.sections.values()) section.dispose?.();
  }

  private opened(section: Section): Section {
    for (const twin of section.element.querySelectorAll("details")) {
      if (this.context.state.open.includes(twin.dataset["table"] ?? "")) twin.open = true;
    }
    return section;
  }
}
