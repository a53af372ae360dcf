import type { CompareView } from "../../src/inspector/compareView";
import { format } from "../../src/inspector/strings";
import type { ComparisonTable } from "../../src/machine/compare/comparisonTable";
import type { PanelContext } from "../context";
import { pushButton } from "../ui/button";
import { el } from "../ui/dom";
import { sectionHeading } from "../ui/parts";
import { PagingPart } from "./paging";
import { differenceList } from "./differences";
import { TablePart } from "./TablePart";

/** Policies or allocators side by side: charts with the ideal bound, the table, and the lines where policies part. */
export class CompareSection {
  readonly element: HTMLElement;
  private readonly body = el("div");
  private readonly heading: HTMLElement;
  private tables: TablePart[] = [];
  private paging: PagingPart | null = null;

  constructor(
    private readonly context: PanelContext,
    private readonly view: CompareView,
  ) {
    const { strings, post } = context;
    const heading = view.pool === null ? strings.compare : format(strings.comparePool, view.pool);
    const tools = el(
      "div",
      { class: "tools", role: "toolbar", "aria-label": heading },
      pushButton({
        label: strings.compareAgain,
        icon: "refresh",
        id: "compareAgain",
        press: () => post({ kind: "compareAgain" }),
      }).element,
      pushButton({
        label: strings.compareCopy,
        icon: "copy",
        id: "copyComparison",
        press: () => post({ kind: "copyComparison" }),
      }).element,
      pushButton({
        label: strings.compareClose,
        icon: "close",
        id: "closeComparison",
        press: () => post({ kind: "closeComparison" }),
      }).element,
    );
    this.heading = sectionHeading(context, "compare", heading, view.title);
    this.heading.append(tools);
    this.element = el("section", { class: "section compare", "aria-labelledby": "compare" }, this.heading, this.body);
    this.fill();
  }

  /** Brings the comparison to the top of the panel. */
  reveal(): void {
    this.element.scrollIntoView({ block: "start" });
  }

  /** To be called once the element is in the page, and when colours have changed. */
  repaint(): void {
    for (const table of this.tables) table.draw();
    this.paging?.draw();
  }

  dispose(): void {
    for (const table of this.tables) table.destroy();
    this.tables = [];
    this.paging?.destroy();
    this.paging = null;
  }

  private fill(): void {
    const { view, context } = this;
    const { strings } = context;
    const fits =
      view.table.rows.length === 0
        ? []
        : [
            ...this.add(view.table, strings.compareTable),
            el("p", { class: "muted compare-hint" }, strings.compareBestHint),
            ...(view.pool === null ? [differenceList(context, view)] : []),
          ];
    const parts = (view.parts ?? []).flatMap(({ heading, table, notes }) => [
      el("h3", {}, heading),
      ...(table.rows.length === 0 ? [] : this.add(table, heading)),
      ...notes.map((note) => el("p", { class: "muted" }, note)),
    ]);
    this.body.replaceChildren(...fits, ...parts);
    if (view.paging === null) return;
    this.paging = new PagingPart(context, view.paging);
    this.body.append(this.paging.element);
  }

  private add(table: ComparisonTable, caption: string): readonly HTMLElement[] {
    const part = new TablePart(this.context, table, caption);
    this.tables.push(part);
    return part.elements;
  }
}
