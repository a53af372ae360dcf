import type { PageRow, PagesView } from "../../src/inspector/pagingModel";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { RequestFailure } from "../requests";
import { pushButton } from "../ui/button";
import { el, setText } from "../ui/dom";
import { count } from "../ui/numbers";
import { changeText } from "../ui/parts";
import { renderTable, saveTableButton, type Column, type Row } from "../ui/table";

/** The rows of the page table, so many at a time; arrow keys go from row to row. */
export class PageTable {
  readonly element: HTMLElement;
  private readonly box = el("div", { class: "page-table" });
  private readonly shown = el("span", { class: "muted" });
  private readonly previous;
  private readonly next;
  private readonly pager: HTMLElement;
  private readonly columns: readonly Column[];
  private readonly save: HTMLElement;
  private readonly spoken = el("div", { class: "sr-only", "aria-live": "polite" });
  private view: PagesView | null = null;
  private selected: number | null = null;

  constructor(
    private readonly context: PanelContext,
    /** Selects a page for all views. */
    private readonly choose: (vpn: number) => void,
  ) {
    const { strings } = context;
    const turn = (direction: 1 | -1) => (): void => {
      const { view } = this;
      if (view === null) return;
      context.post({ kind: "pageWindow", first: Math.max(0, view.first + direction * Math.max(1, view.rows.length)) });
    };
    this.previous = pushButton({ label: strings.previousRows, icon: "chevron-up", press: turn(-1) });
    this.next = pushButton({ label: strings.nextRows, icon: "chevron-down", press: turn(1) });
    this.pager = el("div", { class: "pager" }, this.previous.element, this.next.element, this.shown);
    this.columns = [
      { title: strings.columnPage, numeric: true },
      { title: strings.columnFrame, numeric: true },
      { title: strings.columnFlags },
      { title: strings.columnAccessed },
      { title: strings.columnDirty },
      { title: strings.columnMarks },
      { title: strings.columnWord, numeric: true },
      { title: strings.columnVirtual, numeric: true },
      { title: strings.columnPhysical, numeric: true },
      { title: strings.factChange },
    ];
    this.save = saveTableButton(this.columns, () => this.all(), strings.pageTable, strings);
    this.element = el("div", {}, this.box, this.spoken, this.pager, this.save);
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  update(view: PagesView): void {
    const { strings } = this.context;
    this.view = view;
    if (view.mapped === 0) this.box.replaceChildren(el("p", { class: "muted" }, strings.pagesNone));
    else {
      const rows = view.rows.map((row) => rowOf(row, strings));
      const before = this.box.querySelector(".table-scroll");
      const hadFocus = before !== null && before === document.activeElement;
      const top = before?.scrollTop ?? 0;
      this.box.replaceChildren(renderTable(this.columns, rows, strings.pageTable, strings));
      const after = this.box.querySelector<HTMLElement>(".table-scroll")!;
      after.scrollTop = top;
      if (hadFocus) after.focus({ preventScroll: true });
    }
    this.save.hidden = view.mapped === 0;
    const last = view.first + view.rows.length;
    setText(this.shown, format(strings.pagesShown, count(view.first + 1), count(last), count(view.mapped)));
    this.pager.hidden = view.rows.length === view.mapped;
    this.previous.setEnabled(view.first > 0);
    this.next.setEnabled(last < view.mapped);
  }

  /** Marks the rows of the selected page and of the one under the pointer; null for none. */
  mark(selected: number | null, pointed: number | null): void {
    this.selected = selected;
    for (const row of this.box.querySelectorAll("tr")) {
      const vpn = row.dataset["vpn"];
      row.classList.toggle("selected", selected !== null && vpn === String(selected));
      row.classList.toggle("pointed", pointed !== null && vpn === String(pointed));
    }
  }

  /** The rows of all mapped pages; null when the run went on meanwhile. */
  private async all(): Promise<readonly Row[] | null> {
    const { view, context } = this;
    const rows: Row[] = [];
    try {
      while (view !== null && rows.length < view.mapped) {
        const more = await context.request({ kind: "pageRows", process: view.process, first: rows.length });
        if (this.view !== view) return null;
        if (more.length === 0) break;
        for (const row of more) rows.push(rowOf(row, context.strings));
      }
      return rows;
    } catch (error) {
      if (error instanceof RequestFailure) return null;
      throw error;
    }
  }

  private key(event: KeyboardEvent): void {
    const rows = this.view?.rows ?? [];
    if (rows.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.findIndex(({ vpn }) => vpn === this.selected);
    const targets: Readonly<Partial<Record<string, number>>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: rows.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const row = rows[Math.max(0, Math.min(rows.length - 1, target))];
    this.choose(row.vpn);
    this.box.querySelector("tr.selected")?.scrollIntoView({ block: "nearest" });
    setText(this.spoken, sentenceOf(row, this.context.strings));
  }
}

/** A row for the ear. */
function sentenceOf(row: PageRow, strings: InspectorStrings): string {
  const place = row.pfn === null ? placeOf(row, strings) : format(strings.frameShort, row.pfn);
  const parts = [`${strings.columnPage} ${row.vpn}`, place, row.permissions, marksOf(row, strings)];
  return parts.filter((part) => part !== "").join(", ");
}

function rowOf(row: PageRow, strings: InspectorStrings): Row {
  const answer = (value: boolean): string => (value ? strings.yes : strings.no);
  return {
    cells: [
      String(row.vpn),
      row.pfn === null ? placeOf(row, strings) : String(row.pfn),
      el("code", {}, row.permissions),
      answer(row.accessed),
      answer(row.dirty),
      marksOf(row, strings),
      row.word,
      row.virtual,
      row.physical ?? "",
      row.changed === null ? "" : changeText(row.changed, strings),
    ],
    attributes: { "data-vpn": row.vpn, "data-pfn": row.pfn, "data-changed": row.changed },
  };
}

/** What else is to be said of an entry. */
function marksOf({ copyOnWrite, shared, global, span }: PageRow, strings: InspectorStrings): string {
  const marks = [
    copyOnWrite ? strings.markCopy : "",
    shared ? strings.markShared : "",
    global ? strings.markGlobal : "",
    span > 1 ? format(strings.markHuge, count(span)) : "",
  ];
  return marks.filter((mark) => mark !== "").join(", ");
}

/** Where a page is that has no frame. */
function placeOf(row: PageRow, strings: InspectorStrings): string {
  if (row.slot !== null) return format(strings.swapSlot, row.slot);
  return row.evicted ? strings.evicted : strings.notTouched;
}
