import { csvOf, offerFile } from "../export/offer";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { el, type Attributes, type Child } from "./dom";

export interface Column {
  readonly title: string;
  /** Numbers and addresses align at the end, in the editor's font. */
  readonly numeric?: boolean;
  /** Explains the title. */
  readonly description?: string;
}

export interface Row {
  readonly cells: readonly Child[];
  readonly attributes?: Attributes;
}

const pageSize = 200;

/** A real table that shows its rows page by page, so that a huge one costs what is read of it. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly Row[],
  label: string,
  strings: InspectorStrings,
): HTMLElement {
  const head = el("tr");
  for (const column of columns)
    head.append(
      el("th", { scope: "col", class: column.numeric && "numeric", title: column.description }, column.title),
    );
  const body = el("tbody");
  // A wide table scrolls inside its own box, which therefore takes the focus.
  const scroller = el(
    "div",
    { class: "table-scroll", tabindex: 0, role: "region", "aria-label": label },
    el("table", { "aria-label": label }, el("thead", {}, head), body),
  );
  const more = el("button", { class: "link", type: "button" });
  let shown = 0;
  const show = (): void => {
    for (const row of rows.slice(shown, shown + pageSize)) {
      const line = el("tr", row.attributes);
      row.cells.forEach((cell, index) => line.append(el("td", { class: columns[index]?.numeric && "numeric" }, cell)));
      body.append(line);
    }
    shown = Math.min(rows.length, shown + pageSize);
    more.hidden = shown === rows.length;
    more.textContent = format(strings.showMore, rows.length - shown);
  };
  more.addEventListener("click", show);
  show();
  return el("div", { class: "table-box" }, scroller, more);
}

/** A button that saves the whole table, also the rows that are not shown yet; null where they cannot be had. */
export function saveTableButton(
  columns: readonly Column[],
  rows: () => readonly Row[] | Promise<readonly Row[] | null>,
  name: string,
  { saveCsv }: InspectorStrings,
): HTMLElement {
  const button = el("button", { class: "link", type: "button", "data-action": "saveCsv" }, saveCsv);
  const text = (cell: Child): string => (cell instanceof Node ? (cell.textContent ?? "") : (cell ?? ""));
  const save = async (): Promise<void> => {
    const all = await rows();
    if (all === null) return;
    const lines = [columns.map(({ title }) => title), ...all.map(({ cells }) => cells.map(text))];
    offerFile(button, { name, files: [{ ending: "csv", data: csvOf(lines) }] });
  };
  button.addEventListener("click", () => void save());
  return button;
}

/** The table twin of a drawing: folded away, always reachable, built only while open. */
export class TwinTable {
  readonly element: HTMLDetailsElement;
  private readonly box = el("div");
  private rows: () => readonly Row[] = () => [];

  constructor(
    readonly title: string,
    private readonly columns: readonly Column[],
    private readonly strings: InspectorStrings,
    id: string,
  ) {
    this.element = el("details", { class: "twin", "data-table": id }, el("summary", {}, title), this.box);
    this.element.addEventListener("toggle", () => this.render());
  }

  /** `rows` is asked when the table is open, now or later. */
  update(rows: () => readonly Row[]): void {
    this.rows = rows;
    this.render();
  }

  private render(): void {
    if (this.element.open) {
      const save = saveTableButton(this.columns, () => this.rows(), this.title, this.strings);
      this.box.replaceChildren(renderTable(this.columns, this.rows(), this.title, this.strings), save);
    } else this.box.replaceChildren();
  }
}
