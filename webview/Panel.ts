import type { CompareView } from "../src/inspector/compareView";
import type { PanelSnapshot } from "../src/inspector/model";
import type { FocusTarget, HostMessage } from "../src/inspector/protocol";
import type { Selection } from "../src/inspector/selection";
import type { InspectorStrings } from "../src/inspector/strings";
import type { Connection } from "./connection";
import { offeredFile, type OfferedFile } from "./export/offer";
import type { PanelContext, PanelState } from "./context";
import { HelpDialog } from "./help/HelpDialog";
import { emptyState, nothing, nothingYet } from "./empty";
import { DeferredDrawing } from "./DeferredDrawing";
import { Requests } from "./requests";
import { StepBar } from "./steps/StepBar";
import { Theme } from "./theme";
import { pushButton } from "./ui/button";
import { el, setAttributes } from "./ui/dom";
import { ViewHost } from "./views/ViewHost";

/** The whole panel: step controls, the tabs of the views and the view of the chosen one. */
export class Panel {
  private readonly context: PanelContext;
  private readonly later: DeferredDrawing;
  private readonly requests: Requests;
  private readonly steps: StepBar;
  private readonly views: ViewHost;
  private readonly empty: HTMLElement;
  private readonly help: HelpDialog;
  private state: PanelState;
  private snapshot = nothing;
  private hasRun = false;
  private comparison: CompareView | null = null;

  constructor(
    private readonly root: HTMLElement,
    strings: InspectorStrings,
    private readonly connection: Connection,
    /** Asks for a frame, in which `settle` is called. */
    wake: () => void,
  ) {
    this.later = new DeferredDrawing(() => {
      setAttributes(this.root, { "aria-busy": "true" });
      wake();
    });
    this.state = connection.load();
    this.requests = new Requests(
      (message) => connection.post(message),
      () => this.snapshot.step.position,
    );
    this.context = this.contextOf(strings);
    this.steps = new StepBar(this.context);
    this.empty = emptyState(this.context);
    this.views = new ViewHost(this.context, () =>
      this.hasRun ? nothingYet(this.views.shown === "overview" ? strings.emptyScript : strings.viewEmpty) : this.empty,
    );
    this.steps.element.hidden = true;
    this.help = new HelpDialog(strings, () => this.views.keys);
    const report = pushButton({
      label: strings.exportReport,
      icon: "export",
      id: "exportReport",
      press: () => connection.post({ kind: "exportReport" }),
    }).element;
    const buttons = el("div", { class: "tools" }, report, this.help.button);
    const tabRow = el("div", { class: "tab-row" }, this.views.tabs.element, buttons);
    const head = el("div", { class: "panel-head" }, this.steps.element, tabRow);
    this.root.replaceChildren(head, this.views.element, this.help.element);
    document.addEventListener("keydown", this.key);
    this.root.addEventListener("toggle", this.rememberOpen, true);
    this.root.addEventListener(offeredFile, this.save);
    if (this.state.selection !== null) connection.post({ kind: "select", selection: this.state.selection });
    this.showEmpty();
  }

  update(snapshot: PanelSnapshot): void {
    this.hasRun = true;
    this.snapshot = snapshot;
    this.steps.element.hidden = false;
    // Views first: what they measure, the page has laid out before anything is changed.
    this.views.update(snapshot);
    this.steps.update(snapshot);
  }

  /** Whether the page shows all of the last snapshot. Until then assistive technology waits with what it says. */
  get isSettled(): boolean {
    return this.later.isEmpty;
  }

  /** Draws a part of what was put off. */
  settle(): void {
    this.later.drawNext();
    if (this.isSettled) setAttributes(this.root, { "aria-busy": null });
  }

  showEmpty(): void {
    this.steps.dispose();
    this.hasRun = false;
    this.snapshot = nothing;
    this.steps.element.hidden = true;
    this.views.update(nothing);
  }

  /** Keeps a comparison for its view, or none; `isNew` shows it. */
  compare(comparison: CompareView | null, isNew: boolean): void {
    this.comparison = comparison;
    if (comparison === null && this.views.shown === "compare") this.views.show("overview");
    else if (comparison !== null && isNew) this.views.show("compare");
    this.views.refresh();
  }

  focus(target: FocusTarget): void {
    this.views.focus(target);
  }

  answered(message: Extract<HostMessage, { readonly kind: "answer" | "failure" }>): void {
    this.requests.receive(message);
  }

  dispose(): void {
    this.steps.dispose();
    this.requests.close();
    this.views.dispose();
    this.context.theme.dispose();
    setAttributes(this.root, { "aria-busy": null });
    this.root.removeEventListener("toggle", this.rememberOpen, true);
    this.root.removeEventListener(offeredFile, this.save);
    document.removeEventListener("keydown", this.key);
  }

  private contextOf(strings: InspectorStrings): PanelContext {
    const panelState = (): PanelState => this.state;
    const comparison = (): CompareView | null => this.comparison;
    return {
      strings,
      theme: new Theme(() => this.views.repaint()),
      later: this.later,
      post: (message) => this.connection.post(message),
      request: (query, about) => this.requests.ask(query, about),
      get selection() {
        return panelState().selection;
      },
      select: (selection) => this.select(selection),
      get comparison() {
        return comparison();
      },
      get state() {
        return panelState();
      },
      remember: (change) => {
        this.state = { ...this.state, ...change };
        this.connection.save(this.state);
      },
    };
  }

  private select(selection: Selection | null): void {
    this.context.remember({ selection });
    this.context.post({ kind: "select", selection });
    this.views.select(selection);
  }

  /** Single keys that no view has taken, unless they are being typed into something. */
  private readonly key = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || this.help.isOpen) return;
    const target = event.target instanceof Element ? event.target : null;
    const isWithin = (selector: string): boolean => target !== null && target.closest(selector) !== null;
    if (isWithin("input:not([type=range]), select, textarea")) return;
    // Space presses what has the focus.
    if (event.key === " " && isWithin("button, summary, vscode-button")) return;
    if (event.key === "?") this.help.open();
    else if (event.key === "e") this.exportDrawing(target);
    else if (!this.hasRun || !this.steps.press(event.key)) return;
    event.preventDefault();
  };

  /** Saves the drawing that has the focus, or else the first one. */
  private exportDrawing(target: Element | null): void {
    const button = '[data-action="exportDrawing"]';
    const within = target?.closest("section")?.querySelector<HTMLElement>(button);
    (within ?? this.views.element.querySelector<HTMLElement>(button))?.click();
  }

  private readonly save = (event: Event): void => {
    const { name, files } = (event as CustomEvent<OfferedFile>).detail;
    this.context.post({ kind: "save", name, files });
  };

  private readonly rememberOpen = (event: Event): void => {
    if (!(event.target instanceof HTMLDetailsElement)) return;
    const id = event.target.dataset["table"];
    if (id === undefined) return;
    const others = this.state.open.filter((open) => open !== id);
    this.context.remember({ open: event.target.open ? [...others, id] : others });
  };
}
