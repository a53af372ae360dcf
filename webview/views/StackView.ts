import type { PanelSnapshot } from "../../src/inspector/model";
import type { FocusTarget } from "../../src/inspector/protocol";
import type { Selection } from "../../src/inspector/selection";
import type { PanelContext, Section } from "../context";
import { nothing } from "../empty";
import { el } from "../ui/dom";
import { InView } from "../ui/InView";
import type { View } from "./View";

/** A section's key and maker. */
export type SectionEntry = readonly [key: string, make: () => Section];

/** The sections that a snapshot asks for, in the order of the page. */
export type SectionsOf = (snapshot: PanelSnapshot, context: PanelContext) => readonly SectionEntry[];

/**
 * A view of sections one above the other, as many as the snapshot has regions. Those in view are drawn at once, at first the
 * topmost one, and the others a moment later, one in a frame.
 */
export class StackView implements View {
  readonly element = el("div", { class: "sections" });
  private readonly sections = new Map<string, Section>();
  private readonly inView = new InView();
  private snapshot = nothing;
  private makers: ReadonlyMap<string, () => Section> = new Map();
  /** Keys of the sections that do not show the snapshot yet, and whether the selection has to be told to them, too. */
  private readonly pending = new Map<string, boolean>();

  constructor(
    private readonly context: PanelContext,
    private readonly wanted: SectionsOf,
  ) {}

  update(snapshot: PanelSnapshot): void {
    this.snapshot = snapshot;
    this.makers = new Map(this.wanted(snapshot, this.context));
    for (const [key, section] of this.sections) if (!this.makers.has(key)) this.remove(key, section);
    for (const key of [...this.pending.keys()]) if (!this.makers.has(key)) this.pending.delete(key);
    let isSeen = (key: string): boolean => this.sections.has(key) && this.inView.has(this.sections.get(key)!.element);
    const keys = [...this.makers.keys()];
    if (!keys.some(isSeen)) isSeen = (key) => key === keys[0];
    for (const key of keys) {
      if (isSeen(key)) this.show(key);
      else this.pending.set(key, this.pending.get(key) === true || !this.sections.has(key));
    }
    if (this.pending.size > 0) this.context.later.put(this, this.showNext);
  }

  repaint(): void {
    for (const section of this.sections.values()) section.repaint();
  }

  select(selection: Selection | null): void {
    for (const [key, section] of this.sections) {
      if (this.pending.has(key)) this.pending.set(key, true);
      else section.select?.(selection);
    }
  }

  focus(target: FocusTarget): boolean {
    for (const key of [...this.pending.keys()]) this.showLate(key);
    for (const section of this.sections.values()) if (section.focus?.(target) === true) return true;
    return false;
  }

  dispose(): void {
    this.inView.dispose();
    this.context.later.drop(this);
    for (const section of this.sections.values()) section.dispose?.();
  }

  private remove(key: string, section: Section): void {
    this.inView.forget(section.element);
    section.dispose?.();
    section.element.remove();
    this.sections.delete(key);
    this.pending.delete(key);
  }

  private readonly showNext = (): void => {
    // Behind another tab nothing can be measured; the view is updated when it comes back.
    if (!this.element.isConnected) return;
    for (const key of this.pending.keys()) {
      this.showLate(key);
      break;
    }
    if (this.pending.size > 0) this.context.later.put(this, this.showNext);
  };

  private showLate(key: string): void {
    const isToSelect = this.pending.get(key) === true;
    this.show(key);
    if (isToSelect) this.sections.get(key)?.select?.(this.context.selection);
  }

  private show(key: string): void {
    this.pending.delete(key);
    const section = this.sections.get(key) ?? this.add(key);
    section.update(this.snapshot);
  }

  /** Sections on the page stay where they are: moving an element would lose its focus. */
  private add(key: string): Section {
    const section = this.opened(this.makers.get(key)!());
    const keys = [...this.makers.keys()];
    const next = keys.slice(keys.indexOf(key)).find((other) => this.sections.has(other));
    this.element.insertBefore(section.element, next === undefined ? null : this.sections.get(next)!.element);
    this.sections.set(key, section);
    this.inView.watch(section.element);
    return section;
  }

  private opened(section: Section): Section {
    for (const twin of section.element.querySelectorAll("details")) {
      if (this.context.state.open.includes(twin.dataset["table"] ?? "")) twin.open = true;
    }
    return section;
  }
}
