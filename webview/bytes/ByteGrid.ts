import type { InspectorStrings } from "../../src/inspector/strings";
import { el, setAttributes, setText } from "../ui/dom";
import { byteSentence, hexByte, partsByByte, printable, type ByteWindow } from "./readings";

export interface GridMarks {
  /** Offsets of bytes that changed since the step shown before. */
  readonly changed: ReadonlySet<number>;
  /** Offset of the cursor; outside the window for none. */
  readonly cursor: number;
  /** Where the selected block begins; null for none. */
  readonly block: string | null;
}

/** The elements of a row, for whatever bytes come into its place. */
interface ByteRow {
  readonly element: HTMLElement;
  readonly address: HTMLElement;
  readonly text: HTMLElement;
}

/** Rows of bytes with their text beside them. One cell takes the focus: the cursor's. */
export class ByteGrid {
  readonly element = el("div", { class: "byte-grid", role: "grid" });
  private rows: ByteRow[] = [];
  /** The cell of each byte. */
  private cells: HTMLElement[] = [];
  private perRow = 0;

  constructor(private readonly strings: InspectorStrings) {}

  draw(window: ByteWindow, perRow: number, label: string, marks: GridMarks): void {
    const { start, bytes } = window;
    const hadFocus = this.element.contains(document.activeElement);
    if (perRow !== this.perRow || bytes.length !== this.cells.length) this.lay(bytes.length, perRow);
    const parts = partsByByte(window);
    for (const [at, cell] of this.cells.entries()) {
      const byte = bytes[at];
      const part = parts[at];
      const isChanged = marks.changed.has(at);
      const sentence = byteSentence(this.strings, start + at, byte, part, isChanged);
      setText(cell, hexByte(byte));
      setAttributes(cell, {
        "data-part": part?.kind,
        "data-starts": part !== null && part.from === at && (at === 0 || parts[at - 1]?.block !== part.block),
        "data-changed": isChanged,
        "data-selected": part !== null && part.block === marks.block,
        "aria-selected": at === marks.cursor ? "true" : "false",
        "aria-label": sentence,
        title: sentence,
        tabindex: at === marks.cursor ? 0 : -1,
      });
    }
    for (const [row, { address, text }] of this.rows.entries()) {
      const from = row * perRow;
      const letters = Array.from(bytes.subarray(from, from + perRow), printable).join("");
      setText(address, `0x${(start + from).toString(16)}`);
      setText(text, letters);
      setAttributes(text, { "aria-label": letters });
    }
    setAttributes(this.element, { "aria-label": label });
    if (hadFocus) this.focusCell(marks.cursor);
  }

  /** Offset of the byte that an event is about; null beside the bytes. */
  offsetOf(event: Event): number | null {
    const cell = (event.target as Element).closest<HTMLElement>("[data-offset]");
    return cell === null ? null : Number(cell.dataset["offset"]);
  }

  focusCell(offset: number): void {
    (this.cells[offset] as HTMLElement | undefined)?.focus();
  }

  /** Makes the elements for so many bytes; the last row is filled up. */
  private lay(bytes: number, perRow: number): void {
    this.perRow = perRow;
    this.cells = Array.from({ length: bytes }, (_, at) =>
      el("span", { role: "gridcell", class: "byte", "data-offset": at }),
    );
    this.rows = Array.from({ length: Math.ceil(bytes / perRow) }, (_, row) => {
      const cells = this.cells.slice(row * perRow, (row + 1) * perRow);
      const fill = Array.from({ length: perRow - cells.length }, () =>
        el("span", { class: "byte byte-none", "aria-hidden": "true" }),
      );
      const address = el("span", { role: "rowheader", class: "byte-address" });
      const text = el("span", { role: "gridcell", class: "byte-text" });
      const element = el("div", { role: "row", class: "byte-row" }, address, ...cells, ...fill, text);
      return { element, address, text };
    });
    this.element.style.setProperty("--per-row", String(perRow));
    this.element.replaceChildren(...this.rows.map(({ element }) => element));
  }
}
