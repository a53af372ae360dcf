import { toHex } from "../../src/engine/address";
import type { PagesView, SwapCell } from "../../src/inspector/pagingModel";
import type { SwapSlot } from "../../src/machine/inspect/vmTables";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import type { PanelContext } from "../context";
import { el, onWidth, svg } from "../ui/dom";
import { count, size } from "../ui/numbers";
import { linePatterns } from "../ui/patterns";
import { Picture, pictureItem, type Drawing, type PictureItem } from "../ui/Picture";
import { narrowestSlot, slotHeight, slotLegend, slotRow, slotText, widestSlot } from "./slots";

/** Swap space as a strip of slots: free, which page is there, whether compressed, whether a frame has an equal copy. */
export class SwapStrip {
  readonly element: HTMLElement;
  private readonly picture: Picture;
  private view: PagesView | null = null;
  private width = 0;

  constructor(private readonly context: PanelContext) {
    const { strings } = context;
    this.picture = new Picture(strings.swapStrip);
    const stage = el("div", {}, this.picture.element);
    const legend = slotLegend(
      ["taken", strings.slotTaken],
      ["packed", strings.slotPacked],
      ["copied", strings.slotCopied],
      ["free", strings.stateFree],
    );
    this.element = el("div", { class: "structure swap" }, el("h3", {}, strings.swapStrip), stage, legend);
    onWidth(stage, (width) => {
      this.width = width;
      this.draw();
    });
  }

  update(view: PagesView): void {
    this.view = view;
    this.element.hidden = view.swapCells.length === 0;
    this.draw();
  }

  private draw(): void {
    const { view, width } = this;
    if (view === null || width === 0) return;
    this.picture.draw(width, this.drawing(view));
  }

  private drawing({ swapCells, swap, pageSize }: PagesView): Drawing {
    const { width, context } = this;
    const { strings } = context;
    const slots = new Map(swap.map((row): [number, SwapSlot] => [row.slot, row]));
    const perRow = Math.max(1, Math.min(swapCells.length, Math.floor(width / narrowestSlot)));
    const cellWidth = Math.min(widestSlot, width / perRow);
    const items = swapCells.map((cell, at): PictureItem => {
      const x = (at % perRow) * cellWidth + 1;
      const y = Math.floor(at / perRow) * slotRow;
      const box = { x, y: y + 1, width: cellWidth - 2, height: slotHeight };
      const row = cell.count === 1 ? slots.get(cell.first) : undefined;
      const [title, note] = textsOf(cell, row, strings);
      const page = row?.pages.at(0);
      const middle = x + cellWidth / 2;
      return pictureItem(
        {
          id: String(cell.first),
          x: middle,
          y,
          label: sentenceOf(cell, row, strings),
          look: `slot ${looksOf(cell)}`,
          choose: () => {
            if (page === undefined) return;
            const address = toHex(page.vpn * pageSize);
            context.select({ kind: "page", process: page.process, page: page.vpn, address });
          },
        },
        svg("rect", box),
        ...(cell.packed > 0 ? [svg("rect", { class: "pattern", ...box })] : []),
        slotText("box-note", middle, y + 14, title),
        slotText("box-title", middle, y + 28, note),
      );
    });
    const rows = Math.ceil(swapCells.length / perRow);
    return {
      height: rows * slotRow,
      still: [linePatterns("pattern-line", { "slot-packed": "M0 1.5H6M0 4.5H6" })],
      items,
    };
  }
}

function looksOf({ used, packed, copies, count: slots }: SwapCell): string {
  if (used === 0) return "free";
  return [used < slots ? "some" : "taken", packed > 0 ? "packed" : "", copies > 0 ? "copied" : ""].join(" ").trim();
}

/** The number of the slot, and what is there in short. */
function textsOf(
  { first, count: slots, used }: SwapCell,
  row: SwapSlot | undefined,
  strings: InspectorStrings,
): readonly [string, string] {
  if (slots > 1) return [format(strings.sizeRange, first, first + slots - 1), used === 0 ? "" : count(used)];
  const page = row?.pages.at(0);
  if (row === undefined) return [String(first), used === 0 ? "" : "…"];
  if (page === undefined) return [String(first), format(strings.frameShort, row.frame ?? 0)];
  const more = row.pages.length > 1 ? ` +${row.pages.length - 1}` : "";
  return [row.packed === null ? String(first) : `${first} · ${size(row.packed)}`, `${page.vpn}${more}`];
}

function sentenceOf(cell: SwapCell, row: SwapSlot | undefined, strings: InspectorStrings): string {
  const { first, count: slots, used, packed } = cell;
  if (slots > 1) {
    return format(strings.slotsOf, first, first + slots - 1, count(used), count(packed));
  }
  const parts = (row?.pages ?? []).map(({ process, vpn }) => format(strings.pageOf, vpn, process));
  if (row !== undefined && row.packed !== null) parts.push(format(strings.slotPackedTo, count(row.packed)));
  if (row !== undefined && row.frame !== null) parts.push(format(strings.swapCopy, row.frame));
  if (parts.length === 0) parts.push(used === 0 ? strings.stateFree : strings.slotTaken);
  return `${format(strings.swapSlot, first)}: ${parts.join(", ")}`;
}
