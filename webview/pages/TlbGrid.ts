import { toHex } from "../../src/engine/address";
import type { PagesView, TlbView, TlbViewRow } from "../../src/inspector/pagingModel";
import { format } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { el, onWidth, setText, svg } from "../ui/dom";
import { count } from "../ui/numbers";
import { Picture, pictureItem, type Drawing, type PictureItem } from "../ui/Picture";
import { narrowestSlot, slotHeight, slotLegend, slotRow, slotText, widestSlot } from "./slots";

const labelWidth = 34;
/** Sets drawn; the table has all that are known. */
const setBudget = 32;

/** The lookaside buffer by set and way: whose page each entry translates, and which ones the last step went through. */
export class TlbGrid {
  readonly element: HTMLElement;
  private readonly picture: Picture;
  private readonly note = el("p", { class: "muted" });
  private view: PagesView | null = null;
  private width = 0;

  constructor(private readonly context: PanelContext) {
    const { strings } = context;
    this.picture = new Picture(strings.tlb);
    const stage = el("div", {}, this.picture.element);
    const legend = slotLegend(["taken", strings.tlbEntry], ["used", strings.tlbUsed], ["free", strings.stateFree]);
    this.element = el("div", { class: "structure tlb" }, el("h3", {}, strings.tlb), stage, this.note, legend);
    onWidth(stage, (width) => {
      this.width = width;
      this.draw();
    });
  }

  update(view: PagesView): void {
    const { tlb } = view;
    this.view = view;
    this.element.hidden = tlb === null;
    const hidden = (tlb?.sets ?? 0) - setBudget;
    this.note.hidden = hidden <= 0;
    setText(this.note, format(this.context.strings.tlbMore, count(hidden)));
    this.draw();
  }

  private draw(): void {
    const { view, width } = this;
    if (view === null || view.tlb === null || width === 0) return;
    this.picture.draw(width, this.drawing(view, view.tlb));
  }

  /** A row a set, more where the ways of one do not fit beside each other; a single set needs no number. */
  private drawing({ pageSize, processes }: PagesView, { sets, ways, rows }: TlbView): Drawing {
    const { context, width } = this;
    const { strings } = context;
    const left = sets > 1 ? labelWidth : 0;
    const perRow = Math.max(1, Math.min(ways, Math.floor((width - left) / narrowestSlot)));
    const cellWidth = Math.min(widestSlot, (width - left) / perRow);
    const rowsPerSet = Math.ceil(ways / perRow);
    const drawn = Math.min(sets, setBudget);
    const slots = new Map(rows.map((row): [number, TlbViewRow] => [row.set * ways + row.way, row]));
    const labels = Array.from({ length: sets > 1 ? drawn : 0 }, (_, set) =>
      svg("text", { class: "box-note", x: 2, y: set * rowsPerSet * slotRow + 22 }, String(set)),
    );
    const items = Array.from({ length: drawn * ways }, (_, slot): PictureItem => {
      const set = Math.floor(slot / ways);
      const way = slot % ways;
      const x = left + (way % perRow) * cellWidth + 1;
      const y = (set * rowsPerSet + Math.floor(way / perRow)) * slotRow;
      const row = slots.get(slot);
      const middle = x + cellWidth / 2;
      return pictureItem(
        {
          id: String(slot),
          x: middle,
          y,
          label: format(strings.tlbSlot, set, way, this.sentenceOf(row)),
          look: `slot ${row === undefined ? "free" : row.used ? "taken used" : "taken"}`,
          choose: () => {
            if (row === undefined) return;
            const { process, vpn } = row;
            context.select({ kind: "page", process, page: vpn, address: toHex(vpn * pageSize) });
          },
        },
        svg("rect", { x, y: y + 1, width: cellWidth - 2, height: slotHeight }),
        slotText("box-title", middle, y + 15, row === undefined ? "" : String(row.vpn)),
        slotText("box-note", middle, y + 29, row === undefined ? "" : noteOf(row, processes.length > 1)),
      );
    });
    return { height: drawn * rowsPerSet * slotRow, still: labels, items };
  }

  private sentenceOf(row: TlbViewRow | undefined): string {
    const { strings } = this.context;
    if (row === undefined) return strings.stateFree;
    const { process, vpn, order, global, used, remembered } = row;
    return [
      format(strings.pageOf, vpn, process),
      ...(order > 0 ? [format(strings.markHuge, count(2 ** order))] : []),
      ...(global ? [strings.markGlobal] : []),
      ...(remembered === undefined ? [] : [format(strings.tlbRemembers, remembered.frame, remembered.flags)]),
      ...(remembered?.stale === true ? [strings.tlbStale] : []),
      ...(used ? [strings.tlbUsed] : []),
    ].join(", ");
  }
}

/**
 * What there is to say below the number of the page: whose it is, `G` for everybody's, how many pages a huge one has; of a buffer that is
 * not coherent, its frame, with `!` where that is stale.
 */
function noteOf({ process, order, global, remembered }: TlbViewRow, namesProcess: boolean): string {
  const pages = order > 0 ? `×${2 ** order}` : "";
  const owner = global ? "G" : namesProcess ? process : "";
  const frame = remembered === undefined ? "" : `→ ${remembered.frame}${remembered.stale ? " !" : ""}`;
  return [owner, pages, frame].filter((part) => part !== "").join(" ");
}
