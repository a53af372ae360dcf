import type { PanelSnapshot } from "../../src/inspector/model";
import type { FocusTarget } from "../../src/inspector/protocol";
import type { Selection } from "../../src/inspector/selection";
import type { PanelContext } from "../context";
import { nothing } from "../empty";
import type { Keys } from "../help/keys";
import { el } from "../ui/dom";
import { viewKinds, type ViewId } from "./registry";
import { TabBar } from "./TabBar";
import type { Content, View, ViewKind } from "./View";

/** The tabs, the view of the chosen one, and what all views have selected. */
export class ViewHost {
  readonly tabs: TabBar;
  readonly element = el("div", { id: "view", role: "tabpanel", class: "view" });
  private readonly views = new Map<ViewId, View>();
  /** Views that had something to show at some step of this run: their tabs stay. */
  private readonly seen = new Set<ViewId>();
  private snapshot: PanelSnapshot = nothing;
  private chosen: ViewId;

  constructor(
    private readonly context: PanelContext,
    /** Stands in for a view without content. */
    private readonly placeholder: () => HTMLElement,
  ) {
    this.tabs = new TabBar(viewKinds, context.strings, (id) => this.show(id));
    this.chosen = context.state.view;
    this.announce();
  }

  get shown(): ViewId {
    return this.chosen;
  }

  /** What the keyboard does in the shown view. */
  get keys(): Keys {
    return kindOf(this.chosen).keys;
  }

  update(snapshot: PanelSnapshot): void {
    if (snapshot.title !== this.snapshot.title) this.seen.clear();
    this.snapshot = snapshot;
    this.refresh();
  }

  show(id: ViewId): void {
    if (id === this.chosen) return;
    this.chosen = id;
    this.context.remember({ view: id });
    this.announce();
    this.refresh();
  }

  /** Draws what has changed without a new snapshot: the comparison. */
  refresh(): void {
    const contents = this.contents();
    for (const kind of viewKinds) if (isAvailable(kind, contents)) this.seen.add(kind.id);
    this.tabs.update(this.chosen, (id) => {
      if (isAvailable(kindOf(id), contents)) return "available";
      return this.seen.has(id) ? "empty" : "absent";
    });
    this.element.setAttribute("aria-labelledby", `tab-${this.chosen}`);
    this.draw(contents);
  }

  select(selection: Selection | null): void {
    this.views.get(this.chosen)?.select?.(selection);
  }

  /** Asks the shown view first, then the overview, which comes to the front when it holds the target. */
  focus(target: FocusTarget): void {
    if (this.views.get(this.chosen)?.focus?.(target) === true || this.chosen === "overview") return;
    this.show("overview");
    this.views.get("overview")?.focus?.(target);
  }

  repaint(): void {
    this.views.get(this.chosen)?.repaint();
  }

  dispose(): void {
    for (const view of this.views.values()) view.dispose?.();
  }

  private contents(): readonly Content[] {
    const { contents } = this.snapshot;
    return this.context.comparison === null ? contents : [...contents, "comparison"];
  }

  private draw(contents: readonly Content[]): void {
    const kind = kindOf(this.chosen);
    const { snapshot } = this;
    if (!isAvailable(kind, contents)) {
      this.element.replaceChildren(this.placeholder());
      return;
    }
    const view = this.viewOf(kind);
    const isComplete = kind.draws.every((part) => snapshot.parts.includes(part));
    // What the view draws is on its way: the page keeps what it has until then.
    if (!isComplete) return;
    const isNew = this.element.firstChild !== view.element;
    if (isNew) this.element.replaceChildren(view.element);
    view.update(snapshot);
    if (isNew) view.select?.(this.context.selection);
  }

  private viewOf(kind: ViewKind): View {
    let view = this.views.get(kind.id);
    if (view === undefined) this.views.set(kind.id, (view = kind.make(this.context)));
    return view;
  }

  private announce(): void {
    this.context.post({ kind: "showing", parts: kindOf(this.chosen).draws });
  }
}

const isAvailable = ({ shows }: ViewKind, contents: readonly Content[]): boolean =>
  shows.some((content) => contents.includes(content));

function kindOf(id: ViewId): ViewKind {
  return viewKinds.find((kind) => kind.id === id) ?? viewKinds[0];
}
