import type { PageRow, PagesView } from "../../src/inspector/model";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { pushButton } from "../ui/button";
import { el, setText } from "../ui/dom";
import { count } from "../ui/numbers";
import { changeText } from "../ui/parts";
import { renderTable, type Row } from "../ui/table";

/** The rows of the page table, so many at a time. */
export class PageTable {
  readonly element: HTMLElement;
  private readonly box = el("div", { class: "page-table" });
  private readonly shown = el("span", { class: "muted" });
  private readonly previous;
  private readonly next;
  private readonly pager: HTMLElement;
  private view: PagesView | null = null;

  constructor(private readonly context: PanelContext) {
    const { strings } = context;
    const turn = (direction: 1 | -1) => (): void => {
      const { view } = this;
      if (view === null) return;
      context.post({ kind: "pageWindow", first: Math.max(0, view.first + direction * Math.max(1, view.rows.length)) });
    };
    this.previous = pushButton({ label: strings.previousRows, icon: "chevron-up", press: turn(-1) });
    this.next = pushButton({ label: strings.nextRows, icon: "chevron-down", press: turn(1) });
    this.pager = el("div", { class: "pager" }, this.previous.element, this.next.element, this.shown);
    this.element = el("div", {}, this.box, this.pager);
  }

  update(view: PagesView): void {
    const { strings } = this.context;
    this.view = view;
    if (view.mapped === 0) this.box.replaceChildren(el("p", { class: "muted" }, strings.pagesNone));
    else {
      const columns = [
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
      const rows = view.rows.map((row) => rowOf(row, strings));
      this.box.replaceChildren(renderTable(columns, rows, strings.pageTable, strings));
    }
    const last = view.first + view.rows.length;
    setText(this.shown, format(strings.pagesShown, count(view.first + 1), count(last), count(view.mapped)));
    this.pager.hidden = view.rows.length === view.mapped;
    this.previous.setEnabled(view.first > 0);
    this.next.setEnabled(last < view.mapped);
  }

  /** Marks the rows of the selected page and of the one under the pointer; null for none. */
  mark(selected: number | null, pointed: number | null): void {
    for (const row of this.box.querySelectorAll("tr")) {
      const vpn = row.dataset["vpn"];
      row.classList.toggle("selected", selected !== null && vpn === String(selected));
      row.classList.toggle("pointed", pointed !== null && vpn === String(pointed));
    }
  }
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
  return row.slot === null ? strings.notTouched : format(strings.swapSlot, row.slot);
}
