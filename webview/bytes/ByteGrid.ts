import type { InspectorStrings } from "../../src/inspector/strings";
import { el, setAttributes } from "../ui/dom";
import { byteSentence, hexByte, partsByByte, printable, type ByteWindow } from "./readings";

export interface GridMarks {
  /** Offsets of bytes that changed since the step shown before. */
  readonly changed: ReadonlySet<number>;
  /** Offset of the cursor; outside the window for none. */
  readonly cursor: number;
  /** Where the selected block begins; null for none. */
  readonly block: string | null;
}

/** Rows of bytes with their text beside them. One cell takes the focus: the cursor's. */
export class ByteGrid {
  readonly element = el("div", { class: "byte-grid", role: "grid" });

  constructor(private readonly strings: InspectorStrings) {}

  draw(window: ByteWindow, perRow: number, label: string, marks: GridMarks): void {
    const hadFocus = this.element.contains(document.activeElement);
    const parts = partsByByte(window);
    const rows: HTMLElement[] = [];
    for (let from = 0; from < window.bytes.length; from += perRow) {
      const row = el("div", { role: "row", class: "byte-row" });
      row.append(el("span", { role: "rowheader", class: "byte-address" }, `0x${(window.start + from).toString(16)}`));
      let text = "";
      for (let at = from; at < from + perRow; at++) {
        const byte = window.bytes.at(at);
        if (byte === undefined || at >= window.bytes.length) {
          row.append(el("span", { class: "byte byte-none", "aria-hidden": "true" }));
          continue;
        }
        const part = parts[at];
        const isChanged = marks.changed.has(at);
        const cell = el("span", { role: "gridcell", class: "byte", "data-offset": at }, hexByte(byte));
        const sentence = byteSentence(this.strings, window.start + at, byte, part, isChanged);
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
        row.append(cell);
        text += printable(byte);
      }
      row.append(el("span", { role: "gridcell", class: "byte-text", "aria-label": text }, text));
      rows.push(row);
    }
    setAttributes(this.element, { "aria-label": label });
    this.element.style.setProperty("--per-row", String(perRow));
    this.element.replaceChildren(...rows);
    if (hadFocus) this.cell(marks.cursor)?.focus();
  }

  /** Offset of the byte that an event is about; null beside the bytes. */
  offsetOf(event: Event): number | null {
    const cell = (event.target as Element).closest<HTMLElement>("[data-offset]");
    return cell === null ? null : Number(cell.dataset["offset"]);
  }

  focusCell(offset: number): void {
    this.cell(offset)?.focus();
  }

  private cell(offset: number): HTMLElement | null {
    return this.element.querySelector<HTMLElement>(`[data-offset="${offset}"]`);
  }
}
