import { toHex } from "../../engine/address";
import { filled, type Item, type Pattern, type Role } from "../drawing/displayList";
import { heapPicture } from "../drawing/heapPicture";
import { Scale } from "../drawing/heapScale";
import { pageMeasure, pageMedium } from "../drawing/pageMedium";
import { heapPatterns } from "../drawing/patterns";
import { svgOf } from "../drawing/svg";
import { fittedWindow } from "../fittedWindow";
import { markup, Markup } from "../markup";
import type { BlockSegment, HeapSegment, HeapView } from "../model";
import { format } from "../strings";
import type { ReportTexts } from "./numbers";

/**
 * A heap to scale from its start to a little beyond its last used block, with a legend.
 * @param width of the drawing in units, which are pixels where the page is wide enough.
 */
export function heapFigure(heap: HeapView, id: string, texts: ReportTexts, width = 1000): Markup {
  const { strings, count, bytes } = texts;
  const window = fittedWindow(heap);
  const end = toHex(Number(heap.base) + window.to);
  const { height, items } = heapPicture(heap, new Scale(window, width), {
    top: 0,
    isHighContrast: false,
    measure: pageMeasure,
    count,
    titleOf: (segment) => titleOf(segment, texts),
  });
  const { usedBlocks, freeBlocks } = heap.stats;
  const title = format(strings.reportHeapPicture, heap.name, heap.base, end, count(usedBlocks), count(freeBlocks));
  const hasGroups = heap.segments.some(({ kind, offset }) => kind === "group" && offset < window.to);
  const notes = [
    ...(hasGroups ? [strings.reportGroups] : []),
    ...(window.to < heap.size ? [format(strings.reportRestFree, end, bytes(heap.size - window.to))] : []),
  ];
  return markup`<figure>
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title">
      <title id="${id}-title">${title}</title>
      ${new Markup(svgOf(items, pageMedium(id)))}
    </svg>
    ${legend(heap, id, texts)}${notes.map((note) => markup`<p class="note">${note}</p> `)}
  </figure> `;
}

function titleOf(segment: HeapSegment, { strings, count, bytes }: ReportTexts): string {
  if (segment.kind === "group") {
    const { usedBlocks, freeBlocks, quarantinedBlocks } = segment;
    const total = usedBlocks + freeBlocks + quarantinedBlocks;
    return format(strings.reportGroup, count(total), count(usedBlocks), count(freeBlocks));
  }
  const { handle, size, address } = segment;
  const line = segment.line === null ? "" : `, ${format(strings.line, segment.line + 1)}`;
  return `${handle === null ? "" : `${handle}: `}${bytes(size)}, ${address}, ${blockState(segment, strings)}${line}`;
}

export function blockState(block: BlockSegment, strings: ReportTexts["strings"]): string {
  if (block.leaked) return strings.stateLeaked;
  const { stateUsed, stateFree, stateQuarantined } = strings;
  return { used: stateUsed, free: stateFree, quarantined: stateQuarantined }[block.state];
}

function legend(heap: HeapView, id: string, { strings }: ReportTexts): Markup {
  const { dots, hatch, cross, zone, stripes } = heapPatterns(false);
  const key = (fill: Role | Pattern, alpha = 1): Item => filled(0, 0, 18, 14, fill, alpha);
  const entries: readonly (readonly [name: string, ...look: Item[]])[] = [
    [strings.legendUsed, key("used", 0.32)],
    [strings.legendHeader, key("used")],
    [strings.legendPadding, key(hatch, 0.7)],
    [strings.legendFree, key(dots)],
    [strings.legendLeaked, key("leaked", 0.32), key(cross)],
    ...(heap.hasRedZones ? [[strings.legendRedZone, key(zone, 0.9)] as const] : []),
    ...(heap.segments.some((segment) => segment.kind === "block" && segment.changed !== null)
      ? [[strings.legendChanged, filled(0, 0, 18, 3, "changed"), filled(0, 10, 18, 4, "changed")] as const]
      : []),
    ...(heap.hasQuarantine ? [[strings.legendQuarantined, key(stripes)] as const] : []),
  ];
  return markup`<ul class="legend">
    ${entries.map(([name, ...look], at) => {
      const drawing = new Markup(svgOf(look, pageMedium(`${id}-key-${at}`)));
      return markup`<li><svg class="key" viewBox="0 0 18 14" aria-hidden="true">${drawing}</svg>${name}</li>`;
    })}
  </ul> `;
}
