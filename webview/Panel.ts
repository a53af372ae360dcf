import type { CompareView } from "../src/inspector/compareView";
import type { Snapshot } from "../src/inspector/model";
import type { FocusTarget } from "../src/inspector/protocol";
import type { InspectorStrings } from "../src/inspector/strings";
import { CachesSection } from "./caches/CachesSection";
import { CompareSection } from "./compare/CompareSection";
import type { Connection } from "./connection";
import type { PanelContext, PanelState, Section } from "./context";
import { emptyState, nothingYet } from "./empty";
import { HeapSection } from "./heap/HeapSection";
import { PagesSection } from "./pages/PagesSection";
import { PoolSection } from "./pools/PoolSection";
import { StepBar } from "./steps/StepBar";
import { Theme } from "./theme";
import { TimelineSection } from "./timeline/TimelineSection";
import { el } from "./ui/dom";

/**
 * The whole panel: compared policies while there are any, step controls, then one section for each heap, the page
 * table, the caches, each pool and the timeline.
 */
export class Panel {
  private readonly context: PanelContext;
  private readonly steps: StepBar;
  private readonly timeline: TimelineSection;
  private readonly sections = new Map<string, Section>();
  private readonly body = el("div", { class: "sections" });
  private readonly nothing: HTMLElement;
  private state: PanelState;
  private shown = false;
  private comparison: CompareSection | null = null;

  constructor(
    private readonly root: HTMLElement,
    strings: InspectorStrings,
    connection: Connection,
  ) {
    this.state = connection.load();
    const panelState = (): PanelState => this.state;
    this.context = {
      strings,
      theme: new Theme(() => this.repaint()),
      post: (message) => connection.post(message),
      get state() {
        return panelState();
      },
      remember: (change) => {
        this.state = { ...this.state, ...change };
        connection.save(this.state);
      },
    };
    this.steps = new StepBar(this.context);
    this.timeline = new TimelineSection(this.context);
    this.nothing = nothingYet(strings);
    this.root.addEventListener("toggle", this.rememberOpen, true);
    this.showEmpty();
  }

  update(snapshot: Snapshot): void {
    if (!this.shown) {
      this.shown = true;
      this.fill(this.steps.element, this.body);
    }
    this.steps.update(snapshot);
    const wanted = this.wantedSections(snapshot);
    for (const key of this.sections.keys()) if (!wanted.has(key)) this.sections.delete(key);
    for (const [key, make] of wanted) if (!this.sections.has(key)) this.sections.set(key, this.opened(make()));
    const elements = [...wanted.keys()].map((key) => this.sections.get(key)!.element);
    const order = [...(elements.length === 0 ? [this.nothing] : elements), this.timeline.element];
    // Moving an element would lose its focus: the children are touched only when they differ.
    if (order.length !== this.body.children.length || order.some((child, at) => this.body.children[at] !== child)) {
      this.body.replaceChildren(...order);
    }
    for (const section of this.sections.values()) section.update(snapshot);
    this.timeline.update(snapshot);
  }

  showEmpty(): void {
    this.shown = false;
    this.fill(emptyState(this.context));
  }

  /** Shows a comparison on top, or none; `isNew` scrolls to it. */
  compare(view: CompareView | null, isNew: boolean): void {
    this.comparison?.element.remove();
    this.comparison?.dispose();
    this.comparison = view === null ? null : new CompareSection(this.context, view);
    if (this.comparison === null) return;
    this.root.prepend(this.comparison.element);
    this.comparison.repaint();
    if (isNew) this.comparison.reveal();
  }

  focus(target: FocusTarget): void {
    for (const section of this.sections.values()) if (section.focus?.(target) === true) return;
  }

  dispose(): void {
    this.comparison?.dispose();
    this.timeline.dispose();
    this.context.theme.dispose();
    this.root.removeEventListener("toggle", this.rememberOpen, true);
  }

  private wantedSections(snapshot: Snapshot): Map<string, () => Section> {
    const wanted = new Map<string, () => Section>();
    for (const { name } of snapshot.heaps) wanted.set(`heap ${name}`, () => new HeapSection(this.context, name));
    if (snapshot.pages !== null) wanted.set("pages", () => new PagesSection(this.context));
    if (snapshot.caches !== null) wanted.set("caches", () => new CachesSection(this.context));
    for (const { name } of snapshot.pools) wanted.set(`pool ${name}`, () => new PoolSection(this.context, name));
    return wanted;
  }

  private opened(section: Section): Section {
    for (const twin of section.element.querySelectorAll("details")) {
      if (this.state.open.includes(twin.dataset["table"] ?? "")) twin.open = true;
    }
    return section;
  }

  private readonly rememberOpen = (event: Event): void => {
    if (!(event.target instanceof HTMLDetailsElement)) return;
    const id = event.target.dataset["table"];
    if (id === undefined) return;
    const others = this.state.open.filter((open) => open !== id);
    this.context.remember({ open: event.target.open ? [...others, id] : others });
  };

  /** The panel's parts under the comparison, which stays in place. */
  private fill(...parts: readonly HTMLElement[]): void {
    this.root.replaceChildren(...(this.comparison === null ? [] : [this.comparison.element]), ...parts);
  }

  private repaint(): void {
    this.comparison?.repaint();
    for (const section of this.sections.values()) section.repaint();
    this.timeline.repaint();
  }
}
